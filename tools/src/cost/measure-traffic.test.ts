import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { sample } from '../results/sample-results';
import { loadMeasuredTraffic, measuredTrafficSchema } from './measured-traffic';
import { measureTraffic } from './measure-traffic';

describe('measureTraffic', () => {
  let folder: string;
  const file = (name: string, text: string | Buffer) => {
    const to = path.join(folder, name);
    writeFileSync(to, text);
    return to;
  };
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'measure traffic '));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('measures what a bill counts, each result once', async () => {
    const clicks = file('clicks.jsonl.gz', gzipSync(`${'x'.repeat(1024)}\n${'x'.repeat(26 * 1024)}\n\n`));
    const one = JSON.stringify(sample.unattributedClick('a'));
    const measured = await measureTraffic(
      {
        impressions: [file('impressions.jsonl', '{}\n')],
        clicks: [clicks],
        results: [file('results.jsonl', `${one}\n${one}\n`)],
      },
      'a run',
      60,
    );
    expect(measured.clicks).toEqual({ records: 2, bytes: 13_824, kilobytes: 13.5, fiveKilobytes: 3.5, putUnits: 1.5 });
    expect(measured.results.unattributed_click).toMatchObject({ records: 1, bytes: Buffer.byteLength(one) });
    expect(measured.results.fraud_alert.records).toBe(0);
    expect(measuredTrafficSchema.safeParse(measured).success).toBe(true);
  });

  it('refuses a result that is not of the contract', async () => {
    const empty = file('empty.jsonl', '');
    const files = { impressions: [empty], clicks: [empty], results: [file('results.jsonl', '{"record_type":"?"}\n')] };
    await expect(measureTraffic(files, 'a run', 60)).rejects.toThrow();
  });
});

describe('the committed measurement', () => {
  it('is of the form, and has every type', () => {
    const measured = loadMeasuredTraffic();
    for (const [type, { records }] of Object.entries(measured.results))
      expect([type, records > 0]).toEqual([type, true]);
  });
});
