import type { EventSource } from './kinesis-event';
import type { Discarded } from './process-batch';

/**
 * The message that Lambda sends to a queue when it discards a batch (Developer Guide, "Retain discarded batch records for a Kinesis Data
 * Streams event
 * source": example message). It contains the position of the records, but not their data: they must be read from the stream before they
 * expire.
 * @param discarded see Discarded; at least one record
 * @param context `source` of the records, ARN of the function, `requestId`, time now in milliseconds
 * @returns the message, before its conversion to JSON
 */
export function destinationMessage(
  discarded: Discarded,
  context: { source: EventSource; functionArn: string; requestId: string; now: number },
) {
  const { records, condition, invocations, last } = discarded;
  const arrival = (time: number | undefined) => new Date(time ?? 0).toISOString();
  return {
    requestContext: {
      requestId: context.requestId,
      functionArn: context.functionArn,
      condition,
      approximateInvokeCount: invocations,
    },
    responseContext: {
      statusCode: 200,
      executedVersion: '$LATEST',
      // A function that reports failures in its response has not failed itself.
      ...(last?.kind === 'failed' ? { functionError: 'Unhandled' } : {}),
    },
    version: '1.0',
    timestamp: new Date(context.now).toISOString(),
    KinesisBatchInfo: {
      shardId: context.source.shardId,
      startSequenceNumber: records[0]?.sequenceNumber,
      endSequenceNumber: records.at(-1)?.sequenceNumber,
      approximateArrivalOfFirstRecord: arrival(records[0]?.arrivalTime),
      approximateArrivalOfLastRecord: arrival(records.at(-1)?.arrivalTime),
      batchSize: records.length,
      streamArn: context.source.streamArn,
    },
  };
}
