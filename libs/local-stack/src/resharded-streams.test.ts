import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
  PutRecordsCommand,
} from '@aws-sdk/client-kinesis';
import { VENV_PYTHON } from '@ad-analytics/setup/layout.cjs';
import { mergeShards, openShards, splitShard } from './kinesis/shards';
import { listShardIds, readShard } from './kinesis/read-shard';
import { startEmulator } from './emulator';
import { localKinesisClient } from './kinesis-client';
import { Parts } from './parts';
import { createStreams } from './streams';

const AWS = process.env['TEST_AWS_ENDPOINT'];
if (AWS === undefined) console.warn('SKIPPED: shards are not split; the local AWS is missing: run npm run setup.');
const withAws = AWS === undefined ? describe.skip : describe;
jest.setTimeout(120_000);

const STREAM = 'resharded';
const REGION = 'us-east-1';

withAws('shards that are split and merged', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'resharded streams '));
  let parts: Parts;
  let kinesis: KinesisClient;
  beforeAll(async () => {
    parts = new Parts();
    const options = { python: VENV_PYTHON, folder, logFile: path.join(folder, 'log'), region: REGION };
    const { endpoint } = await startEmulator({ ...options, application: 'resharded_streams' }, parts);
    kinesis = localKinesisClient(endpoint, REGION);
    await createStreams(kinesis, [STREAM], 2);
  });
  afterAll(async () => {
    kinesis.destroy();
    await parts.stop();
    rmSync(folder, { recursive: true });
  });

  const texts = (phase: string) => Array.from({ length: 40 }, (_, n) => `${phase} ${n}`);
  const put = async (phase: string) => {
    const { FailedRecordCount: failed } = await kinesis.send(
      new PutRecordsCommand({
        StreamName: STREAM,
        Records: texts(phase).map((text) => ({ PartitionKey: text, Data: Buffer.from(text) })),
      }),
    );
    expect(failed).toBe(0);
  };
  const textsIn = async (shard: string) => {
    const found: string[] = [];
    for await (const batch of readShard(kinesis, STREAM, shard))
      found.push(...batch.map(({ data }) => Buffer.from(data).toString()));
    return found;
  };

  it('are closed but keep their records: later records go to their children, and readers receive the children', async () => {
    await put('before');
    const [first] = await openShards(kinesis, STREAM);
    if (first === undefined) throw new Error('no shard');
    const inFirst = await textsIn(first.id);
    expect(inFirst.length).toBeGreaterThan(0);
    const { ShardIterator: early } = await kinesis.send(
      new GetShardIteratorCommand({ StreamName: STREAM, ShardId: first.id, ShardIteratorType: 'TRIM_HORIZON' }),
    );

    await splitShard(kinesis, STREAM, first);
    await put('after');
    expect(await textsIn(first.id)).toEqual(inFirst);
    const open = await openShards(kinesis, STREAM);
    expect(open.map(({ id }) => id)).not.toContain(first.id);
    const one = await kinesis.send(new GetRecordsCommand({ ShardIterator: early, Limit: 1 }));
    expect(one.NextShardIterator).toBeDefined();
    const rest = await kinesis.send(new GetRecordsCommand({ ShardIterator: one.NextShardIterator }));
    expect([...(one.Records ?? []), ...(rest.Records ?? [])]).toHaveLength(inFirst.length);
    expect(rest.NextShardIterator).toBeUndefined();
    const children = open.slice(0, 2);
    expect(rest.ChildShards?.map(({ ShardId: id, ParentShards: of }) => [id, of])).toEqual(
      children.map(({ id }) => [id, [first.id]]),
    );

    const [, left, right] = open;
    if (left === undefined || right === undefined) throw new Error('no neighbours');
    await mergeShards(kinesis, STREAM, left, right);
    await put('merged');
    const ids = await listShardIds(kinesis, STREAM);
    expect(ids).toHaveLength(5);
    const all = (await Promise.all(ids.map(textsIn))).flat();
    expect(all.sort()).toEqual(['before', 'after', 'merged'].flatMap(texts).sort());
  });

  it('cannot be split again', async () => {
    const open = (await openShards(kinesis, STREAM)).map(({ id }) => id);
    const closed = (await listShardIds(kinesis, STREAM)).find((id) => !open.includes(id)) ?? '';
    await expect(splitShard(kinesis, STREAM, { id: closed, from: 0n, to: 100n })).rejects.toThrow('closed');
  });
});
