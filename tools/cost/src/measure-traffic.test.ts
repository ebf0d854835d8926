import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { sample } from '@ad-analytics/result-records/sample-results';
import { trafficTable } from './basis-tables';
import { loadMeasuredTraffic, measuredTrafficSchema } from './measured-traffic';
import { SCORES_OF_A_PAGE, measureTraffic } from './measure-traffic';

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

  it('measures scores in pages of a window, as the sink writes them', async () => {
    const [start, end] = ['2026-11-23T12:00:00.000Z', '2026-11-23T12:05:00.000Z'];
    const window = { window_start: start, window_end: end };
    const figures = { impressions: 1, clicks: 0, distinct_campaigns: 1, score: 4.88 };
    const score = (n: number) => ({
      record_type: 'user_engagement',
      record_id: `user_engagement:${start}:user-${n}`,
      schema_version: 1,
      event_time: end,
      user_engagement: { user_id: `user-${n}`, ...window, ...figures },
    });
    const lines = Array.from({ length: 2 * SCORES_OF_A_PAGE }, (_, n) => JSON.stringify(score(n)));
    const empty = file('empty.jsonl', '');
    const files = { impressions: [empty], clicks: [empty], results: [file('results.jsonl', lines.join('\n'))] };
    const { records, bytes, writeUnits, storedBytes } = (await measureTraffic(files, 'a run', 60)).results
      .user_engagement;
    expect(records).toBe(lines.length);
    expect(bytes).toBeCloseTo(lines.join('').length / lines.length, 3);
    // Two pages, each of some 3 KB: 100 rows of 21 to 30 bytes.
    expect(writeUnits).toEqual({ table: 0.03, bySubject: 0, byTime: 0.03 });
    expect(storedBytes.table).toBeGreaterThan(20);
    expect(storedBytes.table).toBeLessThan(40);
  });

  it('refuses a result that is not of the contract', async () => {
    const empty = file('empty.jsonl', '');
    const files = { impressions: [empty], clicks: [empty], results: [file('results.jsonl', '{"record_type":"?"}\n')] };
    await expect(measureTraffic(files, 'a run', 60)).rejects.toThrow();
  });
});

describe('the committed measurement', () => {
  it('is of the form, and has a measured type of result', () => {
    const measured = loadMeasuredTraffic();
    expect(measured.results.attributed_click.records).toBeGreaterThan(0);
  });

  it('counts a type that was added after it as nothing, and says that it was not measured', () => {
    const { user_engagement: _, ...others } = loadMeasuredTraffic().results;
    const measured = measuredTrafficSchema.parse({ ...loadMeasuredTraffic(), results: others });
    expect(measured.results.user_engagement).toMatchObject({ records: 0, bytes: 0 });
    expect(trafficTable(measured).rows).toContainEqual(['user_engagement', 'not measured', '', '', '', '']);
  });
});
