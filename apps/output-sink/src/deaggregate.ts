import { deaggregateSync, type UserRecord } from 'aws-kinesis-agg';
import type { KinesisRecord } from './kinesis-event';
import { positionOf, type StreamRecord } from './stream-record';

/** First bytes of an aggregated record. Source: awslabs/amazon-kinesis-producer, aggregation-format.md. */
const MAGIC = Buffer.from([0xf3, 0x89, 0x9a, 0xc2]);

/**
 * @returns the records that the library finds in an aggregated record; undefined if it is not aggregated, damaged, or
 *   empty
 */
function parts({ kinesis }: KinesisRecord): UserRecord[] | undefined {
  let found: UserRecord[] | undefined;
  let failed = false;
  const withChecksum = true;
  // After an error, the library calls again with the records that it could read. They are ignored.
  deaggregateSync(kinesis, withChecksum, (error, records) => {
    if (error) failed = true;
    found = records;
  });
  return failed || found?.length === 0 ? undefined : found;
}

/**
 * The job writes plain records; another producer on the same stream may use the Kinesis Producer Library.
 * @param record record as the stream holds it
 * @returns the records that were put, in order: those within an aggregated record, otherwise the record itself. A
 *   record with a wrong checksum is not aggregated, as in the Kinesis Client Library. An aggregated record without
 *   records counts as a record, so that nothing is lost
 */
export function deaggregate(record: KinesisRecord): StreamRecord[] {
  const { partitionKey, approximateArrivalTimestamp } = record.kinesis;
  const arrivedAtMs = Math.round(approximateArrivalTimestamp * 1000);
  const position = positionOf(record);
  const data = Buffer.from(record.kinesis.data, 'base64');
  const found = data.subarray(0, MAGIC.length).equals(MAGIC) ? parts(record) : undefined;
  if (found === undefined) return [{ position, partitionKey, arrivedAtMs, data }];
  return found.map((part) => ({
    position: { ...position, part: part.subSequenceNumber },
    partitionKey: part.partitionKey,
    arrivedAtMs,
    data: Buffer.from(part.data, 'base64'),
  }));
}
