import { fakeKinesis } from '@ad-analytics/local-stack/kinesis/fake-kinesis';
import { waitUntil } from '@ad-analytics/command-line/wait-until';
import { StreamFollower } from './stream-follower';

const text = (records: readonly Uint8Array[]) => records.map((data) => Buffer.from(data).toString()).sort();

describe('a follower of a stream', () => {
  it('has the records read so far, and all records at its end', async () => {
    const shards = { a: ['1', '2', '3'], b: ['4'] };
    const follower = await StreamFollower.start(fakeKinesis(shards), 's', new AbortController().signal);
    await waitUntil(async () => (follower.soFar().length === 4 ? true : undefined), {
      intervalMs: 5,
      timeoutMs: 10_000,
      onTimeout: () => new Error('it does not read what is there'),
    });
    shards.b.push('5');
    expect(text(await follower.end())).toEqual(['1', '2', '3', '4', '5']);
  });

  it('throws the error of the reader', async () => {
    const client = fakeKinesis({ a: ['1'] });
    const follower = await StreamFollower.start(client, 's', new AbortController().signal);
    client.send = () => Promise.reject(new Error('no such stream'));
    await expect(follower.end()).rejects.toThrow('no such stream');
  });
});
