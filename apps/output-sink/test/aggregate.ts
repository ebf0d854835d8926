import { aggregate as awsAggregate } from 'aws-kinesis-agg';

/**
 * @param data of the records in it; together less than 1 MB
 * @returns one aggregated record, from AWS's own encoder
 */
export function aggregate(data: readonly Uint8Array[]): Promise<Buffer> {
  const records = data.map((bytes, at) => ({ partitionKey: `inner-${at}`, data: Buffer.from(bytes) }));
  return new Promise((resolve, reject) => {
    awsAggregate(
      records,
      (record, done) => {
        resolve(record.data);
        done();
      },
      () => undefined,
      reject,
    );
  });
}
