import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { KinesisApi } from '@ad-analytics/kinesis-writer';
import { CommandError } from '@ad-analytics/command-line/errors';
import { putRecorded } from './put-recorded';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'put recorded '))));
afterEach(() => rmSync(folder, { recursive: true }));

const target = {
  impressions: { streamName: 'Impressions', region: 'us-east-1' },
  clicks: { streamName: 'Clicks', region: 'us-east-1' },
};
/** The service's response to a request with an invalid key: no record of the request is in the stream. */
function refuseKeys(keys: readonly string[]): void {
  if (keys.every((key) => key !== '' && [...key].length <= 256 && Buffer.from(key).toString() === key)) return;
  throw Object.assign(new Error('bad key'), { name: 'SerializationException', $metadata: { httpStatusCode: 400 } });
}
/** Streams in memory that can reject a record from time to time. */
function streams(refuse: (text: string) => boolean = () => false) {
  const taken: Record<string, string[]> = { Impressions: [], Clicks: [] };
  const api: KinesisApi = {
    putRecords: async ({ StreamName = '', Records = [] }) => {
      refuseKeys(Records.map(({ PartitionKey = '' }) => PartitionKey));
      const answers = Records.map(({ Data }) => {
        const text = Buffer.from(Data ?? []).toString();
        if (refuse(text)) return { ErrorCode: 'ProvisionedThroughputExceededException', ErrorMessage: 'slow down' };
        taken[StreamName]?.push(text);
        return { SequenceNumber: '1', ShardId: 's' };
      });
      return { FailedRecordCount: 0, $metadata: {}, Records: answers };
    },
    listShards: async () => ({ $metadata: {} }),
  };
  return { taken, api: () => api };
}
const line = (id: string, second: number) =>
  JSON.stringify({ impression_id: id, event_time: `2026-11-23T10:00:0${second}.000Z` });
function files(impressions: string | Buffer, clicks: string) {
  const named = { impression: path.join(folder, 'impressions'), click: path.join(folder, 'clicks') };
  writeFileSync(named.impression, impressions);
  writeFileSync(named.click, clicks);
  return named;
}
const options = { signal: new AbortController().signal, onProgress: () => {} };

describe('putRecorded', () => {
  it('sends every line unchanged, in the order of its file, plain or gzip', async () => {
    const lines = [line('a', 1), 'no event', line('b', 3), line('c', 2)];
    const { taken, api } = streams();
    const summary = await putRecorded(target, files(gzipSync(lines.join('\n')), `${line('d', 2)}\n`), {
      ...options,
      api,
    });
    expect(taken).toEqual({ Impressions: lines, Clicks: [line('d', 2)] });
    expect(summary).toEqual({ put: { impression: 4, click: 1 }, failed: 0, problems: [], retried: 0 });
  });

  it('can send the lines in the order of their times, and still names the line of a failure', async () => {
    const tooLarge = JSON.stringify({
      impression_id: 'x',
      event_time: '2026-11-23T10:00:00.000Z',
      pad: 'x'.repeat(11 << 20),
    });
    const lines = [line('a', 3), line('b', 1), tooLarge, line('c', 2)];
    const { taken, api } = streams();
    const named = files(lines.join('\n'), '');
    const summary = await putRecorded(target, named, { ...options, api, order: 'by time' });
    expect(taken['Impressions']).toEqual([line('b', 1), line('c', 2), line('a', 3)]);
    expect(summary.problems).toEqual([expect.stringContaining(`${named.impression}, line 3: RecordTooLarge`)]);
  });

  it('skips blank lines, but counts them in line numbers', async () => {
    const tooLarge = JSON.stringify({ impression_id: 'x', padding: 'x'.repeat(11 << 20) });
    const { taken, api } = streams();
    const named = files(['', line('a', 1), '\r', ' \t', tooLarge].join('\n'), '\n\n');
    const summary = await putRecorded(target, named, { ...options, api });
    expect(taken).toEqual({ Impressions: [line('a', 1)], Clicks: [] });
    expect(summary.problems).toEqual([expect.stringContaining(`${named.impression}, line 5: RecordTooLarge`)]);
  });

  it('sends a record whose id is an unpaired surrogate, and the 499 records around it', async () => {
    const lines = Array.from({ length: 500 }, (_, i) => line(i === 250 ? 'broken-\ud83d' : `i${i}`, 1));
    expect(lines[250]).toContain('broken-\\ud83d');
    const { taken, api } = streams();
    const summary = await putRecorded(target, files(lines.join('\n'), ''), { ...options, api });
    expect(taken['Impressions']).toEqual(lines);
    expect(summary).toMatchObject({ put: { impression: 500 }, failed: 0 });
  });

  it('names the file and the line of a record that a stream rejects', async () => {
    const tooLarge = JSON.stringify({ impression_id: 'x', padding: 'x'.repeat(11 << 20) });
    const { api } = streams();
    const named = files([line('a', 1), tooLarge].join('\n'), '');
    const summary = await putRecorded(target, named, { ...options, api });
    expect(summary).toMatchObject({ put: { impression: 1, click: 0 }, failed: 1 });
    expect(summary.problems).toEqual([expect.stringContaining(`${named.impression}, line 2: RecordTooLarge`)]);
  });

  it('counts records that were sent again', async () => {
    let refusals = 1;
    const { taken, api } = streams((text) => text === line('a', 1) && refusals-- > 0);
    const summary = await putRecorded(target, files(`${line('a', 1)}\n`, ''), { ...options, api });
    expect(taken['Impressions']).toEqual([line('a', 1)]);
    expect(summary).toMatchObject({ put: { impression: 1, click: 0 }, failed: 0, retried: 1 });
  });

  it('names the file that cannot be read, and the last line', async () => {
    const whole = gzipSync(`${line('a', 1)}\n`.repeat(100_000));
    const { api } = streams();
    const putting = putRecorded(target, files(whole.subarray(0, whole.length - 20), ''), { ...options, api });
    await expect(putting).rejects.toThrow(CommandError);
    await expect(putting).rejects.toThrow(/impressions cannot be read after line \d+: unexpected end of file/);
  });

  it('ends with the signal', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    const { api } = streams();
    await expect(putRecorded(target, files(line('a', 1), ''), { ...options, signal, api })).rejects.toThrow('enough');
  });
});
