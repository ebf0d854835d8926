import { closeSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { DescribeStreamSummaryCommand, type KinesisClient } from '@aws-sdk/client-kinesis';
import { SQSClient } from '@aws-sdk/client-sqs';
import { clientConfig, createServingClient, createServingTable } from '@ad-analytics/serving-table';
import type { MappingSettings } from '@ad-analytics/event-source-mapping/mapping-settings';
import type { ShardEvent } from '@ad-analytics/event-source-mapping/process-batch';
import { runMapping } from '@ad-analytics/event-source-mapping/run-mapping';
import { localAwsEnvironment } from '@ad-analytics/local-stack/local-aws-environment';
import { buildSink } from './build-sink';
import { DEAD_LETTER_QUEUE, ON_FAILURE_QUEUE, ensureQueue, messagesIn } from './sink-resources';

const FUNCTION = 'output-sink';
/** The account id of local emulators. */
const ACCOUNT = '000000000000';
const TIMEOUT_MS = 60_000;

/** The stack of the sink. */
export interface SinkStack {
  readonly endpoint: string;
  readonly region: string;
  /** Folder for the bundle and the output of the function. */
  readonly runFolder: string;
  /** Stream of the results. */
  readonly streamName: string;
  readonly kinesis: KinesisClient;
}

/** Options of the sink. */
export interface SinkOptions {
  readonly tableName: string;
  readonly settings: MappingSettings;
  /** A bundle to run instead of one built from the sources. */
  readonly bundle: string | undefined;
  /** Called with each step, one line. */
  readonly say: (line: string) => void;
  readonly observe: (event: ShardEvent) => void;
}

/** Number of messages in the queues at the end, including those of earlier runs on the same stack. */
export interface SinkQueues {
  readonly deadLetters: number;
  readonly onFailure: number;
}

/**
 * Creates missing table and queues, and runs the bundled output sink on the results stream.
 * @param stack see SinkStack
 * @param options see SinkOptions
 * @param ends see `runMapping`
 * @returns number of messages in the queues
 * @throws errors of `runMapping`
 */
export async function runSink(
  stack: SinkStack,
  options: SinkOptions,
  ends: { readonly stop: AbortSignal; readonly drain: AbortSignal },
): Promise<SinkQueues> {
  const { region, endpoint, kinesis, streamName } = stack;
  const folder = path.join(stack.runFolder, FUNCTION);
  mkdirSync(folder, { recursive: true });
  const logFile = path.join(folder, 'function.log');
  const log = openSync(logFile, 'a');
  const tables = createServingClient({ region, endpoint });
  const queues = new SQSClient(clientConfig({ region, endpoint, maxAttempts: 5 }));
  try {
    const created = await createServingTable(tables, options.tableName);
    options.say(`Table ${options.tableName}: ${created ? 'created' : 'exists already'}`);
    const deadLetterQueueUrl = await ensureQueue(queues, DEAD_LETTER_QUEUE);
    const onFailureQueueUrl = await ensureQueue(queues, ON_FAILURE_QUEUE);
    const bundle = options.bundle ?? path.join(folder, 'index.mjs');
    if (options.bundle === undefined) await buildSink(bundle);
    const summary = await kinesis.send(new DescribeStreamSummaryCommand({ StreamName: streamName }));
    options.say(`Reading ${streamName}; output of the function: ${logFile}`);
    const env = localAwsEnvironment(region, {
      AWS_ENDPOINT_URL: endpoint,
      RESULTS_TABLE: options.tableName,
      DEAD_LETTER_QUEUE_URL: deadLetterQueueUrl,
      POWERTOOLS_SERVICE_NAME: FUNCTION,
      POWERTOOLS_METRICS_NAMESPACE: 'AdAnalytics',
      NODE_OPTIONS: '--enable-source-maps',
    });
    const functionArn = `arn:aws:lambda:${region}:${ACCOUNT}:function:${FUNCTION}`;
    await runMapping(
      {
        kinesis,
        queues,
        streamName,
        streamArn:
          summary.StreamDescriptionSummary?.StreamARN ?? `arn:aws:kinesis:${region}:${ACCOUNT}:stream/${streamName}`,
        region,
        roleArn: `arn:aws:iam::${ACCOUNT}:role/${FUNCTION}`,
        onFailureQueueUrl,
        handler: { bundle, functionName: FUNCTION, functionArn, env, timeoutMs: TIMEOUT_MS, log },
        settings: options.settings,
        observe: options.observe,
      },
      ends,
    );
    return {
      deadLetters: await messagesIn(queues, deadLetterQueueUrl),
      onFailure: await messagesIn(queues, onFailureQueueUrl),
    };
  } finally {
    tables.destroy();
    queues.destroy();
    closeSync(log);
  }
}
