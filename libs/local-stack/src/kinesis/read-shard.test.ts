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
    expect(await texts(fakeKinesis({ s0: ['a', 'b', 'c', 'd', 'e'] }), 'stream', 's0')).toEqual([
      'a',
      'b',
      'c',
      'd',
      'e',
    ]);
  });

  it('can begin at an arrival time', async () => {
    const client = fakeKinesis({ s0: ['a', 'b', 'c', 'd'] });
    expect(await texts(client, 'stream', 's0', { from: new Date(1_002) })).toEqual(['c', 'd']);
  });

  it('ends immediately for an empty shard', async () => {
    expect(await texts(fakeKinesis({ s0: [] }), 'stream', 's0')).toEqual([]);
  });

  it('continues from its position if its iterator has expired', async () => {
    const client = fakeKinesis({ s0: ['a', 'b', 'c'] }, { expireOnce: true });
    expect(await texts(client, 'stream', 's0')).toEqual(['a', 'b', 'c']);
  });

  it('follows later records until the signal, and then reads to the end', async () => {
    const shards = { s0: ['a'] };
    const done = new AbortController();
    const found: string[] = [];
    for await (const batch of readShard(fakeKinesis(shards), 'stream', 's0', { followUntil: done.signal })) {
      found.push(...batch.map((record) => Buffer.from(record.data).toString()));
      if (found.length < 3) shards.s0.push('later');
      else if (!done.signal.aborted) {
        done.abort();
        shards.s0.push('the', 'very', 'last');
      }
    }
    expect(found).toEqual(['a', 'later', 'later', 'the', 'very', 'last']);
  });

  it('ends immediately when it is interrupted', async () => {
    const signal = AbortSignal.abort();
    expect(await texts(fakeKinesis({ s0: ['a'] }), 'stream', 's0', { signal })).toEqual([]);
  });
});
