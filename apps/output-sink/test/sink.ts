import { SCHEMA_VERSION } from '@ad-analytics/event-schemas';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import type { Context, KinesisStreamBatchResponse } from 'aws-lambda';
import { createHandler, type HandlerOptions } from '../src/handler';
import { FakeQueue } from './fake-queue';
import { FakeTableWriter } from './fake-table-writer';
import { sequenceNumber } from './kinesis-event';

/** The current time in all tests. */
export const NOW = Date.UTC(2026, 10, 23, 10, 5);

/** A sink with all its dependencies in memory. */
export interface Sink {
  readonly table: FakeTableWriter;
  readonly queue: FakeQueue;
  /** Calls the handler, and returns the indexes in the shard that must be delivered again. */
  invoke(event: unknown, remainingMs?: number): Promise<number[]>;
}

function context(remainingMs: number): Context {
  return {
    functionName: 'output-sink',
    functionVersion: '1',
    memoryLimitInMB: '512',
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:output-sink',
    awsRequestId: 'request-1',
    getRemainingTimeInMillis: () => remainingMs,
  } as Context;
}

const places = ({ batchItemFailures }: KinesisStreamBatchResponse): number[] =>
  batchItemFailures.map(({ itemIdentifier }) => Number(BigInt(itemIdentifier!) - BigInt(sequenceNumber(0))));

/** @returns a sink that waits a few milliseconds at most between attempts */
export function createSink(
  options: Partial<HandlerOptions> & { table?: FakeTableWriter; queue?: FakeQueue } = {},
): Sink {
  const { table = new FakeTableWriter(), queue = new FakeQueue() } = options;
  const handler = createHandler({
    tableName: 'ad-analytics-results',
    schemaVersion: SCHEMA_VERSION,
    queueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/dead-letters',
    backoff: { maxAttempts: 4, baseMs: 1, capMs: 2 },
    now: () => NOW,
    logger: new Logger({ logLevel: 'SILENT' }),
    metrics: new Metrics({ namespace: 'AdAnalytics', serviceName: 'output-sink' }),
    ...options,
    table,
    queue,
  });
  const invoke = async (event: unknown, remainingMs = 60_000) => places(await handler(event, context(remainingMs)));
  return { table, queue, invoke };
}
