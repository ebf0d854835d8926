import { SCHEMA_VERSION } from '@ad-analytics/event-schemas';
import { createServingClient, tableWriter } from '@ad-analytics/serving-table';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { Tracer } from '@aws-lambda-powertools/tracer';
import { DEFAULT_BACKOFF } from './backoff';
import { readEnvironment } from './environment';
import { createHandler } from './handler';
import { createQueueClient, queueSender } from './queue-client';
import { traced } from './traced';

// Created once for each execution environment, so that clients keep their connections between invocations.
const environment = readEnvironment(process.env);
const service = { region: environment.region, endpoint: environment.endpoint, maxAttempts: 4 };
const tracer = new Tracer();
const table = tracer.captureAWSv3Client(createServingClient(service));
const queue = tracer.captureAWSv3Client(createQueueClient(service));

/** The function that the event source mapping of the results stream calls. */
export const handler = traced(
  tracer,
  createHandler({
    table: tableWriter(table),
    tableName: environment.tableName,
    schemaVersion: SCHEMA_VERSION,
    queue: queueSender(queue),
    queueUrl: environment.deadLetterQueueUrl,
    backoff: DEFAULT_BACKOFF,
    now: Date.now,
    logger: new Logger(),
    metrics: new Metrics(),
  }),
);
