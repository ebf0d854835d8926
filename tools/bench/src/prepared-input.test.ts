import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { shardOfKey } from '@ad-analytics/local-stack/kinesis/shard-of-key';
import { STREAM_FOLDERS, prepareInput, shardId } from './prepared-input';

const PLAN = { events: 500, seed: 3, rate: 50, shards: 2 };

describe('prepareInput', () => {
  const root = mkdtempSync(path.join(os.tmpdir(), 'bench-input-'));
  const { signal } = new AbortController();
  afterAll(() => rmSync(root, { recursive: true }));

  it('writes each record into its shard, and makes the same files only once', async () => {
    const input = await prepareInput(PLAN, root, signal);
    expect(input.events).toBe(500);
    expect(input.byStream.impressions + input.byStream.clicks).toBe(500);
    const lines = [0, 1].map((shard) => {
      const file = path.join(input.folder, STREAM_FOLDERS.impressions, `${shardId(shard)}.jsonl`);
      return readFileSync(file, 'utf8').split('\n').slice(0, -1);
    });
    expect(lines.flat()).toHaveLength(input.byStream.impressions);
    for (const [shard, texts] of lines.entries()) {
      const ids = texts.flatMap((line) => /"impression_id":"([^"]+)"/.exec(line)?.[1] ?? []);
      expect(ids.length).toBeGreaterThan(0);
      expect(ids.every((id) => shardOfKey(id, 2) === shard)).toBe(true);
    }
    expect(await prepareInput(PLAN, root, signal)).toEqual(input);
    expect(readdirSync(root)).toHaveLength(1);
  });

  it('leaves nothing behind when it is interrupted', async () => {
    const before = readdirSync(root);
    await expect(prepareInput({ ...PLAN, seed: 4 }, root, AbortSignal.abort(new Error('stop')))).rejects.toThrow(
      'stop',
    );
    expect(readdirSync(root)).toEqual(before);
  });
});
