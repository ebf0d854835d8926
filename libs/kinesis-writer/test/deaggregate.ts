import { deaggregateSync } from 'aws-kinesis-agg';

/** A record that a consumer sees. */
export interface ConsumedRecord {
  readonly partitionKey: string;
  readonly explicitHashKey: string | undefined;
  readonly data: string;
}

/**
 * Reads a record with the AWS library's decoder, which checks the MD5 too.
 * @param partitionKey key of the entry
 * @param data payload of the entry, aggregated or not
 * @returns the records in it, in order
 */
export function deaggregate(partitionKey: string, data: Uint8Array): ConsumedRecord[] {
  let found: ConsumedRecord[] = [];
  const entry = { partitionKey, sequenceNumber: '1', data: Buffer.from(data).toString('base64') };
  deaggregateSync(entry as never, true, (error, records) => {
    if (error) throw error;
    found = (records ?? []).map((record) => ({
      partitionKey: record.partitionKey,
      explicitHashKey: record.explicitPartitionKey,
      data: Buffer.from(record.data, 'base64').toString('utf8'),
    }));
  });
  return found;
}
