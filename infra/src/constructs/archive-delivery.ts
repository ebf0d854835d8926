import { CloudwatchLogStream } from '@cdktf/provider-aws/lib/cloudwatch-log-stream';
import { KinesisFirehoseDeliveryStream } from '@cdktf/provider-aws/lib/kinesis-firehose-delivery-stream';
import type { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { Construct } from 'constructs';
import {
  ERRORS_FOLDER,
  firehoseErrorPrefix,
  firehosePrefix,
  PARTITION_JQ,
  TABLE_FOLDER,
} from '@ad-analytics/archive-table';
import type { Environment } from '../environments/environment';
import { Account } from '../iam/account';
import { allow, type Statement } from '../iam/policy';
import { resourceName } from '../naming';
import { publish } from '../output';
import type { ArchiveCatalogue } from './archive-catalogue';
import type { EncryptionKey } from './encryption-key';
import type { EventStreams } from './event-streams';
import { logGroup } from './log-group';
import { ServiceRole } from './service-role';

/** How long Firehose retries a write to a partition. */
const RETRY_SECONDS = 300;
/** Settings that extract the partition keys from a record. */
const METADATA_EXTRACTION = 'MetadataExtraction';

export interface ArchiveDeliveryProps {
  readonly environment: Environment;
  readonly streams: EventStreams;
  readonly bucket: S3Bucket;
  readonly catalogue: ArchiveCatalogue;
  readonly key: EncryptionKey;
}

/**
 * Delivers the results stream to S3 with Firehose: Parquet files with the columns of the Glue table, in a folder for each record type and
 * date.
 */
export class ArchiveDelivery extends Construct {
  readonly name: string;
  /** Other constructs depend on it: after its creation, the table has its columns and results are delivered. */
  readonly delivery: KinesisFirehoseDeliveryStream;

  constructor(scope: Construct, id: string, props: ArchiveDeliveryProps) {
    super(scope, id);
    const { environment, streams, bucket, catalogue, key } = props;
    const { archive, region } = environment;
    this.name = resourceName(environment, 'archive');
    const logs = logGroup(this, `/aws/kinesisfirehose/${this.name}`, archive.logRetentionDays, key);
    const logStream = new CloudwatchLogStream(this, 'log-stream', { name: 'delivery', logGroupName: logs.name });
    const account = Account.of(this, environment);
    const role = new ServiceRole(this, 'role', {
      environment,
      part: 'archive',
      description: 'Firehose: reads results, writes the archive',
      service: 'firehose.amazonaws.com',
      // Firehose passes the account as external id and does not set aws:SourceAccount.
      trustConditions: { StringEquals: { 'sts:ExternalId': account.id } },
      statements: [
        ...this.dataStatements(props, account),
        allow('WriteLogs', ['logs:PutLogEvents'], [`${logs.arn}:log-stream:${logStream.name}`]),
      ],
    });
    this.delivery = new KinesisFirehoseDeliveryStream(this, 'delivery', {
      name: this.name,
      destination: 'extended_s3',
      kinesisSourceConfiguration: { kinesisStreamArn: streams.results.arn, roleArn: role.arn },
      extendedS3Configuration: {
        bucketArn: bucket.arn,
        roleArn: role.arn,
        prefix: firehosePrefix(),
        errorOutputPrefix: firehoseErrorPrefix(),
        bufferingInterval: archive.bufferSeconds,
        bufferingSize: archive.bufferMib,
        // Parquet files are compressed internally.
        compressionFormat: 'UNCOMPRESSED',
        kmsKeyArn: key.arn,
        cloudwatchLoggingOptions: { enabled: true, logGroupName: logs.name, logStreamName: logStream.name },
        dynamicPartitioningConfiguration: { enabled: true, retryDuration: RETRY_SECONDS },
        processingConfiguration: {
          enabled: true,
          processors: [
            {
              type: METADATA_EXTRACTION,
              parameters: [
                { parameterName: 'JsonParsingEngine', parameterValue: 'JQ-1.6' },
                { parameterName: 'MetadataExtractionQuery', parameterValue: PARTITION_JQ },
              ],
            },
          ],
        },
        dataFormatConversionConfiguration: {
          enabled: true,
          inputFormatConfiguration: { deserializer: { openXJsonSerDe: {} } },
          outputFormatConfiguration: { serializer: { parquetSerDe: { compression: 'SNAPPY' } } },
          schemaConfiguration: {
            databaseName: catalogue.database,
            tableName: catalogue.table.name,
            roleArn: role.arn,
            region,
            // A new column is used as soon as the table has it.
            versionId: 'LATEST',
          },
        },
      },
      dependsOn: [role.policy, catalogue.table],
    });
    publish(this, 'archive_delivery', this.delivery.name, 'Firehose stream that fills the archive');
  }

  private dataStatements({ streams, bucket, catalogue, key }: ArchiveDeliveryProps, account: Account): Statement[] {
    return [
      allow(
        'ReadResults',
        ['kinesis:DescribeStream', 'kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:ListShards'],
        [streams.results.arn],
      ),
      allow('FindBucket', ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'], [bucket.arn]),
      allow(
        'WriteArchive',
        ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'],
        [`${bucket.arn}/${TABLE_FOLDER}*`, `${bucket.arn}/${ERRORS_FOLDER}*`],
      ),
      allow(
        'ReadColumns',
        ['glue:GetTable', 'glue:GetTableVersion', 'glue:GetTableVersions'],
        [
          account.arn('glue', 'catalog'),
          account.arn('glue', `database/${catalogue.database}`),
          account.arn('glue', `table/${catalogue.database}/${catalogue.table.name}`),
        ],
      ),
      key.toWrite(),
    ];
  }
}
