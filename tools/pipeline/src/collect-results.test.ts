import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fakeKinesis } from '@ad-analytics/local-stack/kinesis/fake-kinesis';
import { sample } from '@ad-analytics/result-records/sample-results';
import { collectResults } from './collect-results';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'collect results '))));
afterEach(() => rmSync(folder, { recursive: true }));

describe('collectResults', () => {
  it('writes every record of every shard unchanged, including repeated and invalid ones, and counts them', async () => {
    const click = (id: string) => JSON.stringify(sample.attributedClick(id));
    const client = fakeKinesis({ s0: [click('a'), click('a'), 'nonsense'], s1: [click('b')], s2: [] });
    const file = path.join(folder, 'results.jsonl');
    const counts: number[] = [];
    const found = await collectResults(client, { stream: 'out', file, onProgress: (records) => counts.push(records) });
    expect(readFileSync(file, 'utf8')).toBe([click('a'), click('a'), 'nonsense', click('b'), ''].join('\n'));
    expect(found).toMatchObject({ invalid: 1, problems: [expect.stringContaining('s0 2: not valid JSON')] });
    expect(found.tally).toMatchObject({ records: 3, repeated: 1, byType: { attributed_click: 2 } });
    expect(counts.at(-1)).toBe(4);
  });

  it('rejects if the file cannot be written', async () => {
    const file = path.join(folder, 'absent', 'results.jsonl');
    await expect(
      collectResults(fakeKinesis({ s0: [] }), { stream: 'out', file, onProgress: () => {} }),
    ).rejects.toThrow(/ENOENT/);
  });
});
