import { fakeKinesis } from './fake-kinesis';
import { listShardIds, readShard } from './read-shard';

async function texts(...args: Parameters<typeof readShard>): Promise<string[]> {
  const found: string[] = [];
  for await (const batch of readShard(...args))
    found.push(...batch.map((record) => Buffer.from(record.data).toString()));
  return found;
}

describe('listShardIds', () => {
  it('reads all pages', async () => {
    expect(await listShardIds(fakeKinesis({ s0: [], s1: [], s2: [], s3: [], s4: [] }), 'stream')).toHaveLength(5);
  });
});

describe('readShard', () => {
  it('reads to the end, in order', async () => {
    expect(await texts(fakeKinesis({ s0: ['a', 'b', 'c', 'd', 'e'] }), 'stream', 's0', { follow: false })).toEqual([
      'a',
      'b',
      'c',
      'd',
      'e',
    ]);
  });

  it('ends at once in an empty shard', async () => {
    expect(await texts(fakeKinesis({ s0: [] }), 'stream', 's0', { follow: false })).toEqual([]);
  });

  it('goes on where it was when its iterator has expired', async () => {
    const client = fakeKinesis({ s0: ['a', 'b', 'c'] }, { expireOnce: true });
    expect(await texts(client, 'stream', 's0', { follow: false })).toEqual(['a', 'b', 'c']);
  });

  it('follows what comes later until it is told to stop', async () => {
    const shards = { s0: ['a'] };
    const stop = new AbortController();
    const found: string[] = [];
    for await (const batch of readShard(fakeKinesis(shards), 'stream', 's0', { follow: true, signal: stop.signal })) {
      found.push(...batch.map((record) => Buffer.from(record.data).toString()));
      if (found.length < 3) shards.s0.push('later');
      else stop.abort();
    }
    expect(found).toEqual(['a', 'later', 'later']);
  });
});
