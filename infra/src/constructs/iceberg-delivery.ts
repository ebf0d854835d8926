import { CloudwatchLogStream } from '@cdktf/provider-aws/lib/cloudwatch-log-stream';
import type { GlueCatalogTable } from '@cdktf/provider-aws/lib/glue-catalog-table';
import { KinesisFirehoseDeliveryStream } from '@cdktf/provider-aws/lib/kinesis-firehose-delivery-stream';
import type { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { Construct } from 'constructs';
import {
  firehoseErrorPrefix,
  ICEBERG_TABLE_NAME,
  ICEBERG_UNIQUE_KEYS,
  icebergRoutingJq,
} from '@ad-analytics/archive-table';
import type { Environment } from '../environments/environment';
import { Account } from '../iam/account';
import { ICEBERG } from '../iam/deployment-scope';
import { allow, type Statement } from '../iam/policy';
import { resourceName } from '../naming';
import { publish } from '../output';
import type { EncryptionKey } from './encryption-key';
import type { EventStreams } from './event-streams';
import { logGroup } from './log-group';
import { ServiceRole } from './service-role';

/** How long Firehose retries a commit before it sets records aside. */
const RETRY_SECONDS = 300;

export interface IcebergDeliveryProps {
  readonly environment: Environment;
  readonly streams: EventStreams;
  readonly bucket: S3Bucket;
  /** Name of the database of the table. */
  readonly database: string;
  /** The table; Firehose checks it and its unique key at creation. */
  readonly table: GlueCatalogTable;
  readonly key: EncryptionKey;
}

/** Delivers the results stream to the Iceberg table with Firehose, as updates by the unique key. */
export class IcebergDelivery extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, props: IcebergDeliveryProps) {
    super(scope, id);
    const { environment, streams, bucket, database, table, key } = props;
    const { archive } = environment;
    this.name = resourceName(environment, ICEBERG);
    const account = Account.of(this, environment);
    const logs = logGroup(this, `/aws/kinesisfirehose/${this.name}`, archive.logRetentionDays, key);
    const logStream = new CloudwatchLogStream(this, 'log-stream', { name: 'delivery', logGroupName: logs.name });
    const role = new ServiceRole(this, 'role', {
      environment,
      part: 'iceberg',
      description: 'Firehose: reads results, writes the Iceberg table',
      service: 'firehose.amazonaws.com',
      // Firehose passes the account as external id and does not set aws:SourceAccount.
      trustConditions: { StringEquals: { 'sts:ExternalId': account.id } },
      statements: [
        allow(
          'ReadResults',
          ['kinesis:DescribeStream', 'kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:ListShards'],
          [streams.results.arn],
        ),
        ...tableStatements(props, account),
        allow('WriteLogs', ['logs:PutLogEvents'], [`${logs.arn}:log-stream:${logStream.name}`]),
      ],
    });
    const logging = { enabled: true, logGroupName: logs.name, logStreamName: logStream.name };
    const delivery = new KinesisFirehoseDeliveryStream(this, 'delivery', {
      name: this.name,
      destination: 'iceberg',
      kinesisSourceConfiguration: { kinesisStreamArn: streams.results.arn, roleArn: role.arn },
      icebergConfiguration: {
        roleArn: role.arn,
        catalogArn: account.arn('glue', 'catalog'),
        bufferingInterval: archive.bufferSeconds,
        bufferingSize: archive.bufferMib,
        retryDuration: RETRY_SECONDS,
        cloudwatchLoggingOptions: logging,
        destinationTableConfiguration: [
          { databaseName: database, tableName: ICEBERG_TABLE_NAME, uniqueKeys: [...ICEBERG_UNIQUE_KEYS] },
        ],
        processingConfiguration: {
          enabled: true,
          processors: [
            {
              type: 'MetadataExtraction',
              parameters: [
                { parameterName: 'JsonParsingEngine', parameterValue: 'JQ-1.6' },
                { parameterName: 'MetadataExtractionQuery', parameterValue: icebergRoutingJq(database) },
              ],
            },
          ],
        },
        // Only records that the table rejected.
        s3BackupMode: 'FailedDataOnly',
        s3Configuration: {
          bucketArn: bucket.arn,
          roleArn: role.arn,
          errorOutputPrefix: firehoseErrorPrefix(),
          kmsKeyArn: key.arn,
          cloudwatchLoggingOptions: logging,
        },
      },
      dependsOn: [role.policy, table],
    });
    publish(this, 'iceberg_delivery', delivery.name, 'Firehose stream that fills the Iceberg table');
  }
}

/** @returns the permissions on files, catalogue and key that a writer of the table needs */
export function tableStatements(
  { bucket, database, key }: Pick<IcebergDeliveryProps, 'bucket' | 'database' | 'key'>,
  account: Account,
): Statement[] {
  return [
    allow('FindBucket', ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'], [bucket.arn]),
    allow(
      'WriteFiles',
      ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:GetObject', 's3:PutObject'],
      [`${bucket.arn}/*`],
    ),
    allow(
      'CommitTable',
      ['glue:GetDatabase', 'glue:GetTable', 'glue:UpdateTable'],
      [
        account.arn('glue', 'catalog'),
        account.arn('glue', `database/${database}`),
        account.arn('glue', `table/${database}/${ICEBERG_TABLE_NAME}`),
      ],
    ),
    key.toWrite(),
  ];
}
