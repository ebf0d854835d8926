import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Logger } from '@aws-lambda-powertools/logger';
import type { Metrics } from '@aws-lambda-powertools/metrics';
import type { Context, KinesisStreamBatchResponse, KinesisStreamRecord } from 'aws-lambda';
import { parseKinesisEvent } from './kinesis-event';
import { logReport } from './log-report';
import { processBatch, type SinkOptions } from './process-batch';
import { publishMetrics } from './publish-metrics';

/** The parts of the handler. */
export interface HandlerOptions extends SinkOptions {
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/**
 * @param options table, queue, clock, logger and metrics
 * @returns the function that Lambda calls with a batch of one shard. It answers with the sequence numbers that have to come again.
 *
 *   Lambda takes the lowest of them as its checkpoint and delivers everything from there on again (Lambda Developer Guide,
 *   "Configuring partial batch response with Kinesis Data Streams and Lambda"). So it is enough to return the lowest
 *   one: later records are not skipped, and are written again, which is harmless. A batch that fails as a whole is
 *   reported in the same way, because Lambda would count a thrown error as an error of the function.
 */
export function createHandler(options: HandlerOptions) {
  return async (event: unknown, context: Context): Promise<KinesisStreamBatchResponse> => {
    options.logger.addContext(context);
    options.metrics.captureColdStartMetric(context.functionName);
    const { Records: records } = parseKinesisEvent(event);
    const report = await processBatch(options, records, context);
    logReport(
      options.logger,
      report,
      records.map(({ kinesis }) => kinesis.sequenceNumber),
    );
    publishMetrics(options.metrics, report, options.now());

    const outcomes = records.map((_, at) => report.failedAt.get(at)).values();
    const rethrow = async (): Promise<void> => {
      const error = outcomes.next().value;
      if (error !== undefined) throw error;
    };
    const batch = { Records: records as KinesisStreamRecord[] };
    const processor = new BatchProcessor(EventType.KinesisDataStreams);
    return processPartialResponse(batch, rethrow, processor, {
      context,
      processInParallel: false,
      throwOnFullBatchFailure: false,
    });
  };
}
