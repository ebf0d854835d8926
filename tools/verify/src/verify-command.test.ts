import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CommandError } from '@ad-analytics/command-line/errors';
import type { Ledger } from './ledger';
import { at, click, impression, result } from './sample-events';
import { type WriteReport, verifyCommandWith } from './verify-command';

// Each run creates a database, which can be slow on a busy machine.
jest.setTimeout(120_000);

const CLICK = result('attributed_click', 'k1', at(15), {
  click_id: 'k1',
  impression_id: 'i1',
  user_id: 'u1',
  campaign_id: 'c1',
  ad_id: 'a1',
  publisher_id: 'p1',
  device_type: null,
  country: null,
  impression_time: at(10),
  click_time: at(15),
  time_to_click_ms: 5_000,
  cost_micros: null,
  invalid_reasons: [],
});

let folder: string;
const writeReport = jest.fn<Promise<void>, Parameters<WriteReport>>();
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'verify command '));
  jest.spyOn(console, 'log').mockReturnValue();
  jest.spyOn(console, 'error').mockReturnValue();
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

/** Runs the command on files with these records. */
function verify(impressions: object[], clicks: object[], results: object[], more: string[] = []) {
  const files = Object.entries({ impressions, clicks, results }).flatMap(([name, records]) => {
    const file = path.join(folder, `${name}.jsonl`);
    writeFileSync(file, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
    return [`--${name}`, file];
  });
  const options = [...files, '--types', 'attributed_click', '--json', path.join(folder, 'ledger.json')];
  return run([...options, ...more]);
}
const run = (options: readonly string[]) =>
  verifyCommandWith(writeReport, new AbortController().signal).exitOverride().parseAsync(options, { from: 'user' });
const ledger = () => JSON.parse(readFileSync(path.join(folder, 'ledger.json'), 'utf8')) as unknown;

describe('verify', () => {
  it('succeeds if all results agree', async () => {
    await verify([impression('i1', 10)], [click('k1', 'i1', 15)], [CLICK]);
    expect(ledger()).toMatchObject({
      agrees: true,
      types: [{ recordType: 'attributed_click', expected: 1, found: 1 }],
    });
  });

  it('ends with exit code 5 if results differ, and still writes the ledger', async () => {
    await expect(verify([impression('i1', 10)], [click('k1', 'i1', 15)], [])).rejects.toMatchObject({ exitCode: 5 });
    expect(ledger()).toMatchObject({ agrees: false, types: [{ missing: 1 }] });
  });

  it('writes a page with the outcome, and still ends with exit code 5', async () => {
    const report = path.join(folder, 'report.html');
    await expect(
      verify([impression('i1', 10)], [click('k1', 'i1', 15)], [], ['--report', report]),
    ).rejects.toMatchObject({ exitCode: 5 });
    const verdict = expect.objectContaining({ agrees: false }) as Ledger;
    expect(writeReport).toHaveBeenCalledWith(expect.objectContaining({ report, verdict }));
  });

  it('ends with exit code 1 if only the page cannot be written', async () => {
    writeReport.mockRejectedValueOnce(new CommandError('disk full', 1));
    const options = ['--report', path.join(folder, 'report.html')];
    const checked = verify([impression('i1', 10)], [click('k1', 'i1', 15)], [CLICK], options);
    await expect(checked).rejects.toMatchObject({ message: 'disk full', exitCode: 1 });
  });

  it('rejects a report that cannot be written, before the work', async () => {
    const results = path.join(folder, 'results.jsonl');
    for (const options of [
      ['--report', path.join(folder, 'report.html')],
      ['--results', results, '--report', results],
      ['--results', results, results, '--report', path.join(folder, 'report.html')],
      ['--results', results, '--report', path.join(folder, 'not there', 'report.html')],
      ['--results', results, '--report', folder],
      ['--results', results, '--impressions', 'i', '--clicks', 'k', '--report', 'k'],
      ['--results', results, '--json', 'ledger.json', '--report', './ledger.json'],
    ])
      await expect(run(options)).rejects.toMatchObject({ exitCode: 2 });
  });

  it('ends with exit code 2 when both inputs are empty', async () => {
    await expect(verify([], [], [])).rejects.toMatchObject({ exitCode: 2 });
  });
});
