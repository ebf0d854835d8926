import {
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
} from '@aws-sdk/client-kinesis';
import { KinesisSource } from './kinesis-source';

/** A shard in memory. An iterator is the position as text; requests are recorded. */
function shard(records: string[], options: { expireAt?: number; closed?: boolean } = {}) {
  const asked: unknown[] = [];
  let reads = 0;
  const send = async (command: unknown) => {
    if (command instanceof GetShardIteratorCommand) {
      const { ShardIteratorType: type, StartingSequenceNumber: after, Timestamp: time } = command.input;
      asked.push(type);
      if (type === 'AFTER_SEQUENCE_NUMBER') return { ShardIterator: String(Number(after) + 1) };
      if (type === 'LATEST') return { ShardIterator: String(records.length) };
      if (type === 'AT_TIMESTAMP' && !(time instanceof Date)) throw new Error('no time');
      return { ShardIterator: '0' };
    }
    if (!(command instanceof GetRecordsCommand)) throw new Error('unknown command');
    if (reads++ === options.expireAt) throw new ExpiredIteratorException({ message: 'too old', $metadata: {} });
    const from = Number(command.input.ShardIterator);
    const page = records.slice(from, from + 2);
    return {
      Records: page.map((text, i) => ({ SequenceNumber: String(from + i), Data: Buffer.from(text) })),
      NextShardIterator: options.closed ? undefined : String(from + page.length),
      MillisBehindLatest: from + page.length < records.length ? 9 : 0,
    };
  };
  return { client: { send } as unknown as KinesisClient, asked };
}
const texts = async (source: KinesisSource) => {
  const { records, atEnd } = await source.read();
  return [records.map(({ data }) => Buffer.from(data).toString()).join(''), atEnd];
};

it('reads all pages, and continues after the last record if its iterator has expired', async () => {
  const { client, asked } = shard(['a', 'b', 'c'], { expireAt: 1 });
  const source = await KinesisSource.open(client, 'stream', 's0', 'TRIM_HORIZON');
  expect([await texts(source), await texts(source), await texts(source)]).toEqual([
    ['ab', false],
    ['', false],
    ['c', true],
  ]);
  expect(asked).toEqual(['TRIM_HORIZON', 'AFTER_SEQUENCE_NUMBER']);
});

it('begins after existing records with LATEST, and does not skip later ones if it needs a new iterator', async () => {
  const records = ['old'];
  const { client, asked } = shard(records, { expireAt: 0 });
  const source = await KinesisSource.open(client, 'stream', 's0', 'LATEST');
  records.push('new');
  await source.read();
  expect(asked).toEqual(['LATEST', 'AT_TIMESTAMP']);
  const another = await KinesisSource.open(shard(records).client, 'stream', 's0', 'LATEST');
  records.push('newer');
  expect(await texts(another)).toEqual(['newer', true]);
});

it('does not end silently at a closed shard', async () => {
  const source = await KinesisSource.open(shard(['a'], { closed: true }).client, 'stream', 's0', 'TRIM_HORIZON');
  expect(await texts(source)).toEqual(['a', true]);
  await expect(source.read()).rejects.toThrow('s0');
});
