import type { PutRecordsCommandOutput, PutRecordsResultEntry } from '@aws-sdk/client-kinesis';
import { certainlyNotWritten, classifyError, errorCode, errorMessage } from './classify-error';
import type { Entry } from './entry';
import type { KinesisApi } from './kinesis-api';
import type { UserRecord } from './types';

/** An entry that is not in the stream, with the reason. */
export interface UnsentEntry<R extends UserRecord> {
  readonly entry: Entry<R>;
  readonly code: string;
  readonly message: string;
}

/** The outcome of each entry of a batch; every entry is in exactly one of the three lists. */
export interface BatchOutcome<R extends UserRecord> {
  readonly delivered: { readonly entry: Entry<R>; readonly shardId: string | undefined }[];
  /** Entries to send again, in order. */
  readonly refused: UnsentEntry<R>[];
  /** Entries not to send again. */
  readonly rejected: UnsentEntry<R>[];
  /** Number of entries that were refused because of a shard's rate. */
  throttled: number;
  requests: number;
  failedRequests: number;
}

const THROTTLING_CODES = new Set(['ProvisionedThroughputExceededException', 'KMSThrottlingException']);

class MalformedResponse extends Error {
  override readonly name = 'MalformedResponse';
}

function checkedResults(output: PutRecordsCommandOutput, expected: number): PutRecordsResultEntry[] {
  const results = output.Records ?? [];
  if (results.length === expected) return results;
  throw new MalformedResponse(`PutRecords returned results for ${results.length} of ${expected} records`);
}

/**
 * Sends a batch in one request, or in smaller ones if the service rejects the content as invalid: it rejects all for
 * one invalid record, so the batch is halved until that record is alone (at most 9 times for 500 records).
 *
 * @param api Kinesis
 * @param streamName stream
 * @param batch entries within the limits of a request
 * @param signal cancels the request
 * @returns the outcome of each entry; never throws. An entry's `attempts` includes
 *   the request that decided its outcome
 */
export async function sendBatch<R extends UserRecord>(
  api: KinesisApi,
  streamName: string,
  batch: readonly Entry<R>[],
  signal: AbortSignal,
): Promise<BatchOutcome<R>> {
  const outcome: BatchOutcome<R> = {
    delivered: [],
    refused: [],
    rejected: [],
    throttled: 0,
    requests: 0,
    failedRequests: 0,
  };
  await sendPart(api, streamName, batch, signal, outcome);
  return outcome;
}

async function sendPart<R extends UserRecord>(
  api: KinesisApi,
  streamName: string,
  part: readonly Entry<R>[],
  signal: AbortSignal,
  outcome: BatchOutcome<R>,
): Promise<void> {
  outcome.requests += 1;
  let results: PutRecordsResultEntry[];
  try {
    const records = part.map(({ partitionKey, explicitHashKey, data }) => ({
      PartitionKey: partitionKey,
      Data: data,
      ...(explicitHashKey === undefined ? {} : { ExplicitHashKey: explicitHashKey }),
    }));
    results = checkedResults(await api.putRecords({ StreamName: streamName, Records: records }, signal), part.length);
  } catch (error) {
    outcome.failedRequests += 1;
    const failure = { code: errorCode(error), message: errorMessage(error) };
    const kind = classifyError(error);
    if (kind === 'invalid' && part.length > 1 && !signal.aborted) {
      const middle = part.length >> 1;
      await sendPart(api, streamName, part.slice(0, middle), signal, outcome);
      await sendPart(api, streamName, part.slice(middle), signal, outcome);
      return;
    }
    const list = kind === 'throttled' || kind === 'transient' ? outcome.refused : outcome.rejected;
    const written = !certainlyNotWritten(error);
    for (const entry of part) {
      entry.attempts += 1;
      entry.maybeDelivered ||= written;
      list.push({ entry, ...failure });
    }
    if (kind === 'throttled') outcome.throttled += part.length;
    return;
  }
  part.forEach((entry, i) => {
    entry.attempts += 1;
    const { ErrorCode: code, ErrorMessage: message, ShardId: shardId } = results[i] as PutRecordsResultEntry;
    if (code === undefined || code === null) {
      outcome.delivered.push({ entry, shardId });
    } else {
      outcome.refused.push({ entry, code, message: message ?? '' });
      if (THROTTLING_CODES.has(code)) outcome.throttled += 1;
    }
  });
}
