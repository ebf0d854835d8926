import type { PutRecordsCommandInput, PutRecordsCommandOutput } from '@aws-sdk/client-kinesis';
import { DeadLetterFile, type KinesisApi } from '@ad-analytics/kinesis-writer';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { KinesisTarget } from './kinesis-target';
import type { OutgoingRecord } from './traffic-target';

const STREAMS = {
  impressions: { streamName: 'I', region: 'us-east-1', endpoint: 'http://127.0.0.1:9' },
  clicks: { streamName: 'C', region: 'us-east-1', endpoint: 'http://127.0.0.1:9' },
};

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'kinesis target '))));
afterEach(() => rmSync(folder, { recursive: true }));

function record(stream: OutgoingRecord['stream'], key: string, data = `{"id":"${key}"}`): OutgoingRecord {
  return { stream, partitionKey: key, data, arrivalMs: 0 };
}
function failure(name: string, message: string): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: 400 }, $fault: 'client' });
}

/**
 * Streams in memory.
 * @param fault thrown by a request instead of a response
 */
function fakeStreams(fault: (input: PutRecordsCommandInput) => Error | undefined = () => undefined) {
  const stored: Record<string, string[]> = { I: [], C: [] };
  const api: KinesisApi = {
    async putRecords(input) {
      const error = fault(input);
      if (error) throw error;
      for (const entry of input.Records ?? []) stored[input.StreamName!]!.push(Buffer.from(entry.Data!).toString());
      const Records = (input.Records ?? []).map((_, i) => ({
        ShardId: 'shardId-000000000000',
        SequenceNumber: `${i}`,
      }));
      return { FailedRecordCount: 0, Records, $metadata: {} } as PutRecordsCommandOutput;
    },
    async listShards(input) {
      if (!(input.StreamName! in stored)) throw failure('ResourceNotFoundException', `no ${input.StreamName}`);
      return { Shards: [], $metadata: {} };
    },
  };
  return { stored, api };
}
function open(api: KinesisApi, streams: typeof STREAMS = STREAMS) {
  const deadLetters = new DeadLetterFile(path.join(folder, 'dead', 'letters.jsonl'));
  return { deadLetters, target: new KinesisTarget(streams, deadLetters, () => api) };
}

describe('KinesisTarget', () => {
  it('delivers each record to its stream, in order, and counts', async () => {
    const { stored, api } = fakeStreams();
    const { target, deadLetters } = open(api);
    await target.check();
    for (let i = 0; i < 1_200; i += 1) await target.put(record('impressions', `i${i}`));
    await target.put(record('clicks', 'c', 'not json'));
    await target.close();
    expect(stored['I']).toEqual(Array.from({ length: 1_200 }, (_, i) => `{"id":"i${i}"}`));
    expect(stored['C']).toEqual(['not json']);
    expect(target.counts()).toEqual({ sent: { impressions: 1_200, clicks: 1 }, failed: 0, waiting: 0, retried: 0 });
    expect(existsSync(deadLetters.file)).toBe(false);
  });

  it('reports a missing stream before the start', async () => {
    const { api } = fakeStreams();
    const { target } = open(api, { ...STREAMS, clicks: { ...STREAMS.clicks, streamName: 'absent' } });
    await expect(target.check()).rejects.toMatchObject({
      message: expect.stringMatching(
        /the stream absent at http:\/\/127.0.0.1:9: ResourceNotFoundException.*\nThe stream does not/,
      ),
      exitCode: 2,
    });
  });

  it('keeps a record that the service refuses, and continues', async () => {
    const refused = failure('ValidationException', 'no such record');
    const isBad = ({ Data }: { Data?: Uint8Array | undefined }) => Buffer.from(Data!).toString() === 'bad';
    const { stored, api } = fakeStreams(({ Records = [] }) => (Records.some(isBad) ? refused : undefined));
    const { target, deadLetters } = open(api);
    for (let i = 0; i < 499; i += 1) await target.put(record('impressions', `i${i}`, i === 250 ? 'bad' : 'good'));
    await target.close();
    expect(stored['I']).toHaveLength(498);
    expect(target.broken.aborted).toBe(false);
    expect(target.counts()).toMatchObject({ sent: { impressions: 498 }, failed: 1 });
    const [line] = readFileSync(deadLetters.file, 'utf8').trim().split('\n');
    const letter = JSON.parse(line!) as Record<string, string>;
    expect(letter).toMatchObject({ stream: 'I', code: 'ValidationException', message: 'no such record' });
    expect(Buffer.from(letter['data_base64']!, 'base64').toString()).toBe('bad');
  });

  it('delivers a record with any key', async () => {
    const { stored, api } = fakeStreams();
    const { target } = open(api);
    for (const key of ['', 'x'.repeat(300), 'broken-\ud83d', '\u202e'])
      await target.put(record('impressions', key, 'data'));
    await target.close();
    expect(stored['I']).toHaveLength(4);
  });

  it('breaks when no record can be delivered, and does not lose pending records', async () => {
    const denied = failure('AccessDeniedException', 'not you');
    const { stored, api } = fakeStreams((input) => (input.StreamName === 'C' ? denied : undefined));
    const { target, deadLetters } = open(api);
    for (let i = 0; i < 700; i += 1) await target.put(record('clicks', `c${i}`));
    await target.put(record('impressions', 'i1'));
    await target.close();
    expect(target.broken.aborted).toBe(true);
    expect((target.broken.reason as Error).message).toMatch(
      /stream C .*AccessDeniedException.*\nThese credentials need/,
    );
    const { sent, failed, waiting } = target.counts();
    expect(sent.clicks).toBe(0);
    expect(sent.impressions + failed).toBe(701);
    expect(waiting).toBe(0);
    expect(deadLetters.count).toBe(failed);
    expect(stored['I']).toHaveLength(sent.impressions);
  });

  it('reports an error when the dead letters cannot be written', async () => {
    const { api } = fakeStreams();
    const deadLetters = new DeadLetterFile(folder);
    const target = new KinesisTarget(STREAMS, deadLetters, () => api);
    await target.put(record('impressions', 'i1', 'x'.repeat(11 << 20)));
    await target.close();
    expect((target.broken.reason as Error).message).toMatch(/Records were lost: .*EISDIR/);
    expect(target.counts().failed).toBe(1);
  });
});
