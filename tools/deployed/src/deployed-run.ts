import { execFile } from 'node:child_process';
import { closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { PutRecordCommand } from '@aws-sdk/client-kinesis';
import { GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import { formatEventTime } from '@ad-analytics/event-schemas';
import { type PipelineSettings, pipelineSettings } from '@ad-analytics/pipeline-settings';
import { fromItem, unmarshallItem } from '@ad-analytics/serving-table';
import type { projectEnvironment } from '@ad-analytics/local-stack/environment';
import { runMapping } from '@ad-analytics/event-source-mapping/run-mapping';
import { effectiveConfig } from '@ad-analytics/local-stack/effective-config';
import { startFlinkCluster } from '@ad-analytics/local-stack/flink-cluster';
import { findFlink } from '@ad-analytics/local-stack/flink-distribution';
import { unpackApplication } from '@ad-analytics/local-stack/application-package';
import type { FlinkJob } from '@ad-analytics/local-stack/job';
import { localAwsEnvironment } from '@ad-analytics/local-stack/local-aws-environment';
import type { Parts } from '@ad-analytics/local-stack/parts';
import { runOptions } from '@ad-analytics/local-stack/run-options';
import { submitJob } from '@ad-analytics/local-stack/submit-job';
import { waitUntil } from '@ad-analytics/command-line/wait-until';
import type { DeployedApplication } from './deployed-application';
import type { DeployedSink } from './deployed-sink';
import type { LocalClients } from './local-clients';

/** Enough for a few events on RocksDB; MiB. */
const MEMORY = { managed: 256, taskHeap: 256 };
const RESULT_TIMEOUT_MS = 4 * 60_000;

/** Environment of the run. */
export interface Runner {
  readonly environment: ReturnType<typeof projectEnvironment>;
  readonly endpoint: string;
  readonly region: string;
  readonly runFolder: string;
  readonly clients: LocalClients;
  readonly parts: Parts;
  readonly interrupted: AbortSignal;
}

/**
 * Runs the application like the service: with the deployed zip, properties, parallelism and checkpoints. Only the endpoint of the streams
 * is added.
 * @param runner environment of the run
 * @param application configuration of the application
 * @param zip downloaded from the configured location
 * @returns the running job, and its settings
 * @throws JobFailedError when it does not start
 */
export async function runApplication(
  runner: Runner,
  application: DeployedApplication,
  zip: string,
): Promise<{ job: FlinkJob; settings: PipelineSettings }> {
  const { environment, endpoint, region, runFolder, parts, interrupted } = runner;
  const { python, java } = environment;
  const folder = path.join(runFolder, 'application');
  const { parallelism, checkpointIntervalSeconds } = application;
  const [cluster, unpacked] = await Promise.all([
    findFlink(python).then((distribution) =>
      startFlinkCluster(
        {
          java,
          distribution,
          region,
          runFolder,
          memory: MEMORY,
          parallelism,
          checkpointIntervalSeconds,
          restart: 'none',
        },
        parts,
      ),
    ),
    unpackApplication({ zip, folder, python }),
  ]);
  const groups = effectiveConfig(application.properties, {}, endpoint);
  const configFile = path.join(runFolder, 'application_properties.json');
  writeFileSync(configFile, JSON.stringify(groups, null, 2));
  const request = { application: unpacked, python, configFile, runOptions: runOptions(groups) };
  const job = await submitJob(cluster, request, parts);
  await job.running(interrupted);
  return { job, settings: pipelineSettings(groups) };
}

/**
 * Runs the function on its stream like Lambda: with its code, variables, and settings of the mapping.
 * @param runner environment of the run
 * @param sink configuration of the function
 * @param zip of its code
 * @param stop signal to end
 * @returns when it has ended
 */
export async function runSinkFunction(
  runner: Runner,
  sink: DeployedSink,
  zip: string,
  stop: AbortSignal,
): Promise<void> {
  const { environment, endpoint, region, runFolder, clients } = runner;
  const folder = path.join(runFolder, 'function');
  mkdirSync(folder, { recursive: true });
  await promisify(execFile)(environment.python, ['-m', 'zipfile', '-e', zip, folder]);
  const { mapping } = sink;
  const queue = mapping.onFailureArn.slice(mapping.onFailureArn.lastIndexOf(':') + 1);
  const { QueueUrl: onFailureQueueUrl = '' } = await clients.queues.send(new GetQueueUrlCommand({ QueueName: queue }));
  const log = openSync(path.join(runFolder, 'logs', 'function.log'), 'a');
  try {
    await runMapping(
      {
        kinesis: clients.kinesis,
        queues: clients.queues,
        streamName: mapping.streamArn.slice(mapping.streamArn.lastIndexOf('/') + 1),
        streamArn: mapping.streamArn,
        region,
        roleArn: sink.roleArn,
        onFailureQueueUrl,
        handler: {
          bundle: path.join(folder, 'index.mjs'),
          functionName: sink.functionArn.slice(sink.functionArn.lastIndexOf(':') + 1),
          functionArn: sink.functionArn,
          env: localAwsEnvironment(region, {
            ...sink.environment,
            AWS_ENDPOINT_URL: endpoint,
          }),
          timeoutMs: sink.timeoutMs,
          log,
        },
        settings: mapping.settings,
        observe: () => {},
      },
      { stop, drain: new AbortController().signal },
    );
  } finally {
    closeSync(log);
  }
}

/** An impression and the click on it, which happen now. */
export interface SampleEvents {
  readonly clickId: string;
  readonly campaignId: string;
}

/** Sends an impression and its click to the streams of the settings. */
export async function putSampleEvents({ clients }: Runner, settings: PipelineSettings): Promise<SampleEvents> {
  const now = Date.now();
  const id = `deployed-${now}`;
  const common = {
    impression_id: `impression-${id}`,
    user_id: `user-${id}`,
    campaign_id: `campaign-${id}`,
    ad_id: `ad-${id}`,
    publisher_id: `publisher-${id}`,
  };
  const put = (stream: string, event: object) =>
    clients.kinesis.send(
      new PutRecordCommand({
        StreamName: stream,
        PartitionKey: common.impression_id,
        Data: Buffer.from(JSON.stringify(event)),
      }),
    );
  await put(settings.impressions.streamName, { ...common, event_time: formatEventTime(now - 2_000) });
  const clickId = `click-${id}`;
  await put(settings.clicks.streamName, { ...common, click_id: clickId, event_time: formatEventTime(now) });
  return { clickId, campaignId: common.campaign_id };
}

/**
 * @param runner environment of the run
 * @param table name
 * @param recordId of a result
 * @returns the result, once it is in the table
 * @throws {Error} when it does not appear in time
 */
export async function storedResult({ clients, interrupted }: Runner, table: string, recordId: string) {
  return waitUntil(
    async () => {
      const { Item: item } = await clients.tables.send(
        new GetItemCommand({ TableName: table, Key: { record_id: { S: recordId } }, ConsistentRead: true }),
      );
      return item === undefined ? undefined : fromItem(unmarshallItem(item));
    },
    {
      intervalMs: 1_000,
      timeoutMs: RESULT_TIMEOUT_MS,
      onTimeout: () => new Error(`${recordId} is not in ${table} after ${RESULT_TIMEOUT_MS / 60_000} min`),
      signal: interrupted,
    },
  );
}
