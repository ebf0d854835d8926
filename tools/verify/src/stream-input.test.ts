import type { KinesisClient } from '@aws-sdk/client-kinesis';
import { fakeKinesis } from '@ad-analytics/local-stack/kinesis/fake-kinesis';
import { streamInput, streamResults } from './stream-input';

const signal = new AbortController().signal;
async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe('streamInput', () => {
  it('reads shard after shard, with position and arrival time of each record', async () => {
    const input = streamInput(fakeKinesis({ s0: ['a', 'b', 'c'], s1: ['d'] }), 'imps', signal);
    expect(input.hasPositions).toBe(true);
    expect(await all(input.records())).toEqual([
      { shard: 's0', sequence: '0', arrivalTime: 1_000, data: Buffer.from('a') },
      { shard: 's0', sequence: '1', arrivalTime: 1_001, data: Buffer.from('b') },
      { shard: 's0', sequence: '2', arrivalTime: 1_002, data: Buffer.from('c') },
      { shard: 's1', sequence: '0', arrivalTime: 1_000, data: Buffer.from('d') },
    ]);
  });

  it('names a stream that cannot be read', async () => {
    const client = { send: () => Promise.reject(new Error('connection refused')) } as unknown as KinesisClient;
    await expect(all(streamInput(client, 'imps', signal).records())).rejects.toMatchObject({
      message: expect.stringMatching(/the stream imps .*connection refused/),
      exitCode: 2,
    });
  });

  it('ends with the reason of the interruption', async () => {
    const stop = new AbortController();
    const client = {
      send: () => {
        stop.abort(new Error('Ctrl-C'));
        return Promise.reject(new Error('aborted'));
      },
    } as unknown as KinesisClient;
    await expect(all(streamInput(client, 'imps', stop.signal).records())).rejects.toThrow('Ctrl-C');
  });
});

describe('streamResults', () => {
  it('reads the records of all shards', async () => {
    const results = streamResults(fakeKinesis({ s0: ['a', 'b'], s1: ['c'] }), 'out', signal);
    expect((await all(results.records())).map(String)).toEqual(['a', 'b', 'c']);
  });
});
