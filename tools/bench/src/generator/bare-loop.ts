import { inputRecord, recordLines } from '@ad-analytics/recorded-traffic';
import { MAX_REQUEST_RECORDS, createKinesisClient, kinesisApi } from '@ad-analytics/kinesis-writer';
import type { PutRecordsCommandInput } from '@aws-sdk/client-kinesis';
import type { GeneratorSummary } from './generator-summary';

/** @returns full requests with the records of a file, in its order */
export async function preparedRequests(file: string, streamName: string): Promise<PutRecordsCommandInput[]> {
  const requests: { StreamName: string; Records: { PartitionKey: string; Data: Uint8Array }[] }[] = [];
  for await (const line of recordLines(file)) {
    let request = requests.at(-1);
    if (request === undefined || request.Records.length === MAX_REQUEST_RECORDS)
      requests.push((request = { StreamName: streamName, Records: [] }));
    request.Records.push({ PartitionKey: inputRecord(line).partitionKey, Data: line });
  }
  return requests;
}

/**
 * Sends prepared requests like the generator: the requests of a stream one after the other, both streams in parallel.
 * @param streams requests of each stream
 * @returns records and rate, from the first request to the last answer
 * @throws Error if the stream does not accept a record
 */
export async function bareLoop(
  streams: readonly (readonly PutRecordsCommandInput[])[],
  target: { readonly region: string; readonly endpoint: string; readonly signal: AbortSignal },
): Promise<GeneratorSummary> {
  const client = createKinesisClient(target);
  const api = kinesisApi(client);
  let records = 0;
  const start = performance.now();
  try {
    await Promise.all(
      streams.map(async (requests) => {
        for (const request of requests) {
          const { FailedRecordCount: failed = 0 } = await api.putRecords(request, target.signal);
          if (failed > 0) throw new Error(`The emulator refused ${failed} records of a request.`);
          records += request.Records?.length ?? 0;
        }
      }),
    );
    return { records, perSecond: records / ((performance.now() - start) / 1_000) };
  } finally {
    client.destroy();
  }
}
