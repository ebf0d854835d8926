import type { KinesisStream } from '@cdktf/provider-aws/lib/kinesis-stream';
import { LambdaEventSourceMapping } from '@cdktf/provider-aws/lib/lambda-event-source-mapping';
import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import type { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { Construct } from 'constructs';
import type { Version } from '../applications';
import type { Environment } from '../environments/environment';
import { Account } from '../iam/account';
import { interfaceStatements } from '../iam/network-interfaces';
import { allow, allowOnEverything, type Statement } from '../iam/policy';
import { resourceName } from '../naming';
import { publish } from '../output';
import { skipCheck } from '../scan/skip-check';
import type { ArtefactStore, StoredArtefact } from './artefact-store';
import type { EncryptionKey } from './encryption-key';
import type { EventStreams } from './event-streams';
import { FailureQueue } from './failure-queue';
import { logGroup } from './log-group';
import { ServiceRole } from './service-role';
import type { ServingTable } from './serving-table';

/** Namespace of the metrics that the function writes into its logs. */
export const METRICS_NAMESPACE = 'AdAnalytics';
/** Value of the dimension `service` of those metrics. */
export const METRICS_SERVICE = 'output-sink';

export interface OutputSinkProps {
  readonly environment: Environment;
  readonly artefacts: ArtefactStore;
  readonly code: StoredArtefact;
  readonly streams: EventStreams;
  readonly table: ServingTable;
  readonly key: EncryptionKey;
}

/** The Lambda that writes results to the serving table, and its event source mapping. */
export class OutputSink extends Construct {
  readonly functionName: string;
  /** Queue of records that are not valid results. */
  readonly deadLetters: SqsQueue;
  /** Queue with the positions of batches that could not be written. */
  readonly onFailure: SqsQueue;
  /** Other constructs depend on it: after its creation, the function receives results. */
  readonly mapping: LambdaEventSourceMapping;

  constructor(scope: Construct, id: string, props: OutputSinkProps) {
    super(scope, id);
    const { environment, streams, key } = props;
    const { sink } = environment;
    this.functionName = resourceName(environment, 'sink');
    this.deadLetters = new FailureQueue(this, 'dead-letters', { environment, part: 'sink-dead-letters', key }).queue;
    this.onFailure = new FailureQueue(this, 'on-failure', { environment, part: 'sink-on-failure', key }).queue;
    const lambda = this.addFunction(props);
    this.mapping = new LambdaEventSourceMapping(this, 'mapping', {
      eventSourceArn: resultsOf(streams, sink.reads?.version ?? 'blue').arn,
      functionName: lambda.arn,
      ...startOf(sink.reads),
      batchSize: sink.batchSize,
      maximumBatchingWindowInSeconds: sink.batchingWindowSeconds,
      parallelizationFactor: sink.parallelizationFactor,
      // Without this setting, a partial failure would count as a success, and its records would be lost.
      functionResponseTypes: ['ReportBatchItemFailures'],
      bisectBatchOnFunctionError: true,
      maximumRetryAttempts: sink.retryAttempts,
      maximumRecordAgeInSeconds: sink.maxRecordAgeSeconds,
      destinationConfig: { onFailure: { destinationArn: this.onFailure.arn } },
    });
    publish(this, 'sink_function', lambda.functionName, 'Lambda that fills the table of results');
    publish(this, 'sink_dead_letters_url', this.deadLetters.url, 'Queue of records that are not valid results');
    publish(this, 'sink_on_failure_url', this.onFailure.url, 'Queue of batches that could not be written');
  }

  private addFunction(props: OutputSinkProps): LambdaFunction {
    const { environment, artefacts, code, table, key } = props;
    const { sink, network } = environment;
    const account = Account.of(this, environment);
    const logs = logGroup(this, `/aws/lambda/${this.functionName}`, sink.logRetentionDays, key);
    const role = new ServiceRole(this, 'role', {
      environment,
      part: 'sink',
      description: 'The output sink: reads results, writes the serving table',
      service: 'lambda.amazonaws.com',
      statements: [
        ...this.dataStatements(props),
        allow('WriteLogs', ['logs:CreateLogStream', 'logs:PutLogEvents'], [`${logs.arn}:*`]),
        ...tracingStatements(sink.tracing),
        ...interfaceStatements(account, network),
      ],
    });
    const lambda = new LambdaFunction(this, 'function', {
      functionName: this.functionName,
      description: 'Writes each result to the serving table once',
      runtime: 'nodejs22.x',
      architectures: ['arm64'],
      handler: 'index.handler',
      s3Bucket: artefacts.bucket.id,
      s3Key: code.key,
      s3ObjectVersion: code.versionId,
      sourceCodeHash: code.sha256,
      role: role.arn,
      memorySize: sink.memoryMib,
      timeout: sink.timeoutSeconds,
      reservedConcurrentExecutions: sink.reservedConcurrency ?? -1,
      kmsKeyArn: key.arn,
      tracingConfig: { mode: sink.tracing ? 'Active' : 'PassThrough' },
      environment: {
        variables: {
          RESULTS_TABLE: table.table.name,
          DEAD_LETTER_QUEUE_URL: this.deadLetters.url,
          NODE_OPTIONS: '--enable-source-maps',
          POWERTOOLS_SERVICE_NAME: METRICS_SERVICE,
          POWERTOOLS_METRICS_NAMESPACE: METRICS_NAMESPACE,
          POWERTOOLS_LOG_LEVEL: sink.logLevel,
          POWERTOOLS_TRACE_ENABLED: String(sink.tracing),
        },
      },
      ...(network === undefined
        ? {}
        : { vpcConfig: { subnetIds: network.subnetIds, securityGroupIds: network.securityGroupIds } }),
      // A log group that Lambda creates itself has no retention and no key. Without its policy, the role cannot read the stream.
      dependsOn: [logs, role.policy],
    });
    this.skipChecks(lambda, environment);
    return lambda;
  }

  private skipChecks(lambda: LambdaFunction, { network }: Environment): void {
    skipCheck(
      lambda,
      'CKV_AWS_116',
      'An event source mapping calls it and has an on-failure queue; a dead-letter queue of the function serves asynchronous calls only.',
    );
    skipCheck(
      lambda,
      'CKV_AWS_272',
      'The function takes one version of one object, by its hash. Anyone with write access to that bucket can also change the function, so a signature would not protect it.',
    );
    if (network === undefined)
      skipCheck(lambda, 'CKV_AWS_117', 'It calls AWS APIs only; a VPC is the setting network, or ownNetwork.');
  }

  private dataStatements({ streams, table, key }: OutputSinkProps): Statement[] {
    return [
      allow(
        'ReadResults',
        [
          'kinesis:DescribeStream',
          'kinesis:DescribeStreamSummary',
          'kinesis:GetRecords',
          'kinesis:GetShardIterator',
          'kinesis:ListShards',
        ],
        [streams.results, streams.greenResults].flatMap((stream) => (stream === undefined ? [] : [stream.arn])),
      ),
      allowOnEverything(
        'FindStream',
        ['kinesis:ListStreams'],
        'The action lists the account, not a stream; Lambda requires it for an event source mapping.',
      ),
      allow('WriteTable', ['dynamodb:BatchWriteItem', 'dynamodb:PutItem'], [table.table.arn]),
      allow('SetAside', ['sqs:SendMessage'], [this.deadLetters.arn, this.onFailure.arn]),
      key.toWrite(),
    ];
  }
}

/** @returns the results stream of a version @throws {Error} when the environment does not have the version; its schema rejects this case */
function resultsOf(streams: EventStreams, version: Version): KinesisStream {
  const stream = version === 'blue' ? streams.results : streams.greenResults;
  if (stream === undefined) throw new Error('sink/reads/version: green is missing without sideBySide');
  return stream;
}

/**
 * @returns where a new mapping begins to read. Any change of these arguments replaces the mapping (Terraform's provider,
 * "starting_position")
 */
function startOf(reads: Environment['sink']['reads']) {
  if (reads === undefined) return { startingPosition: 'TRIM_HORIZON' };
  return { startingPosition: 'AT_TIMESTAMP', startingPositionTimestamp: reads.since };
}

function tracingStatements(tracing: boolean): Statement[] {
  if (!tracing) return [];
  const actions = ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'];
  return [allowOnEverything('Trace', actions, 'X-Ray does not have resources for traces.')];
}
