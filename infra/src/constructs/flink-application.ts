import { CloudwatchLogStream } from '@cdktf/provider-aws/lib/cloudwatch-log-stream';
import type { KinesisStream } from '@cdktf/provider-aws/lib/kinesis-stream';
import { Kinesisanalyticsv2Application } from '@cdktf/provider-aws/lib/kinesisanalyticsv2-application';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { PropertyGroup } from '@ad-analytics/pipeline-settings';
import { APPLICATION_PARTS, type Version } from '../applications';
import type { Environment } from '../environments/environment';
import { Account } from '../iam/account';
import { allow, type Statement } from '../iam/policy';
import { interfaceStatements } from '../iam/network-interfaces';
import { privacyKeyStatements } from '../iam/privacy-key';
import { resourceName } from '../naming';
import { publish } from '../output';
import type { ArtefactStore, StoredArtefact } from './artefact-store';
import type { EncryptionKey } from './encryption-key';
import type { EventStreams } from './event-streams';
import { logGroup } from './log-group';
import { ServiceRole } from './service-role';

/** ADR 0001. */
const RUNTIME = 'FLINK-1_20';
const MILLISECONDS = 1_000;
/**
 * An update takes a snapshot, starts the new job, and rolls back if that fails. This can take longer than the provider's default timeout
 * of 10 minutes.
 */
const TIMEOUT = '30m';

export interface FlinkApplicationProps {
  readonly environment: Environment;
  readonly version: Version;
  readonly properties: readonly PropertyGroup[];
  readonly artefacts: ArtefactStore;
  readonly code: StoredArtefact;
  readonly streams: EventStreams;
  /** The results stream of this version. */
  readonly results: KinesisStream;
  readonly key: EncryptionKey;
  /** The consumers of the results; they are deployed before the job. */
  readonly consumers: readonly ITerraformDependable[];
}

/**
 * The job on Managed Service for Apache Flink. It is created stopped; `infra:start` starts it. An update of a running application takes a
 * snapshot and continues from it.
 */
export class FlinkApplication extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, props: FlinkApplicationProps) {
    super(scope, id);
    const { environment, version, artefacts, code, key } = props;
    const part = APPLICATION_PARTS[version];
    const { flink, network, protectData } = environment;
    this.name = resourceName(environment, part);
    const account = Account.of(this, environment);
    const logs = logGroup(this, `/aws/kinesis-analytics/${this.name}`, flink.logRetentionDays, key);
    const logStream = new CloudwatchLogStream(this, 'log-stream', { name: 'application', logGroupName: logs.name });
    const role = new ServiceRole(this, 'role', {
      environment,
      part,
      description: 'The Flink application: reads events, writes results',
      service: 'kinesisanalytics.amazonaws.com',
      sourceArn: account.arn('kinesisanalytics', `application/${this.name}`),
      statements: [
        ...this.dataStatements(props),
        allow('FindLogs', ['logs:DescribeLogGroups'], [account.arn('logs', 'log-group:*')]),
        allow('WriteLogs', ['logs:DescribeLogStreams', 'logs:PutLogEvents'], [`${logs.arn}:*`]),
        ...interfaceStatements(account, network),
        ...privacyKeyStatements(account, props.properties),
      ],
    });
    const application = new Kinesisanalyticsv2Application(this, 'application', {
      name: this.name,
      description: 'Attributed clicks, click-through rates, fraud findings and engagement from impressions and clicks',
      runtimeEnvironment: RUNTIME,
      applicationMode: 'STREAMING',
      serviceExecutionRole: role.arn,
      cloudwatchLoggingOptions: { logStreamArn: logStream.arn },
      applicationConfiguration: {
        applicationCodeConfiguration: {
          codeContentType: 'ZIPFILE',
          codeContent: {
            s3ContentLocation: {
              bucketArn: artefacts.bucket.arn,
              fileKey: code.key,
              objectVersion: code.versionId,
            },
          },
        },
        environmentProperties: {
          propertyGroup: props.properties.map(({ PropertyGroupId, PropertyMap }) => ({
            propertyGroupId: PropertyGroupId,
            propertyMap: PropertyMap,
          })),
        },
        applicationSnapshotConfiguration: { snapshotsEnabled: true },
        runConfiguration: {
          applicationRestoreConfiguration: { applicationRestoreType: 'RESTORE_FROM_LATEST_SNAPSHOT' },
          // State that the new code cannot restore must stop an update instead of being dropped silently.
          flinkRunConfiguration: { allowNonRestoredState: false },
        },
        flinkApplicationConfiguration: {
          checkpointConfiguration: {
            configurationType: 'CUSTOM',
            checkpointingEnabled: true,
            checkpointInterval: flink.checkpointIntervalSeconds * MILLISECONDS,
            minPauseBetweenCheckpoints: flink.minPauseSeconds * MILLISECONDS,
          },
          monitoringConfiguration: {
            configurationType: 'CUSTOM',
            logLevel: flink.logLevel,
            metricsLevel: flink.metricsLevel,
          },
          parallelismConfiguration: {
            configurationType: 'CUSTOM',
            parallelism: flink.parallelism,
            parallelismPerKpu: flink.parallelismPerKpu,
            autoScalingEnabled: flink.autoScaling,
          },
        },
        ...(network === undefined
          ? {}
          : { vpcConfiguration: { subnetIds: network.subnetIds, securityGroupIds: network.securityGroupIds } }),
      },
      // Deleting the application deletes its snapshots.
      lifecycle: { preventDestroy: protectData },
      timeouts: { create: TIMEOUT, update: TIMEOUT, delete: TIMEOUT },
      // A consumer that does not know a newer schema of results yet would set them aside (ADR 0006).
      dependsOn: [role.policy, ...props.consumers],
    });
    publish(
      this,
      version === 'blue' ? 'flink_application' : `flink_application_${version}`,
      application.name,
      'Application of Managed Service for Apache Flink',
    );
  }

  /** @returns the permissions on streams, code and key that the job and the service need */
  private dataStatements({ artefacts, code, streams, results, key }: FlinkApplicationProps): Statement[] {
    return [
      allow('ReadCode', ['s3:GetObject', 's3:GetObjectVersion'], [`${artefacts.bucket.arn}/${code.key}`]),
      allow(
        'ReadEvents',
        [
          'kinesis:DescribeStream',
          'kinesis:DescribeStreamSummary',
          'kinesis:GetRecords',
          'kinesis:GetShardIterator',
          'kinesis:ListShards',
        ],
        [streams.impressions.arn, streams.clicks.arn],
      ),
      allow(
        'WriteResults',
        ['kinesis:DescribeStream', 'kinesis:DescribeStreamSummary', 'kinesis:PutRecord', 'kinesis:PutRecords'],
        [results.arn],
      ),
      key.toWrite(),
    ];
  }
}
