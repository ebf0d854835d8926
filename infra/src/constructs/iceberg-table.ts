import type { GlueCatalogDatabase } from '@cdktf/provider-aws/lib/glue-catalog-database';
import { GlueCatalogTable } from '@cdktf/provider-aws/lib/glue-catalog-table';
import { Construct } from 'constructs';
import { ICEBERG_TABLE_NAME, icebergColumns, TABLE_FOLDER } from '@ad-analytics/archive-table';
import type { IcebergSettings } from '../environments/archive-settings';
import type { Environment } from '../environments/environment';
import { ICEBERG } from '../iam/deployment-scope';
import { publish } from '../output';
import type { EncryptionKey } from './encryption-key';
import type { EventStreams } from './event-streams';
import { IcebergCompaction } from './iceberg-compaction';
import { IcebergDelivery } from './iceberg-delivery';
import { SecureBucket } from './secure-bucket';

/** A file that a snapshot dropped can be had again for this long. */
const KEEP_OLD_VERSIONS_DAYS = 7;

export interface IcebergTableProps {
  readonly environment: Environment;
  readonly settings: IcebergSettings;
  readonly streams: EventStreams;
  /** Name of the database of the archive. */
  readonly database: string;
  readonly databaseResource: GlueCatalogDatabase;
  readonly key: EncryptionKey;
}

/**
 * The results in an Iceberg table, in which Firehose replaces the row of a result that comes again: a count of its rows is a count of results. Its
 * bucket is its own, since the table, not the age of a file, says what may be deleted.
 */
export class IcebergTable extends Construct {
  /** Name of the delivery stream, for what watches it. */
  readonly deliveryName: string;

  constructor(scope: Construct, id: string, props: IcebergTableProps) {
    super(scope, id);
    const { environment, settings, streams, database, databaseResource, key } = props;
    const { bucket } = new SecureBucket(this, 'store', {
      environment,
      part: ICEBERG,
      keyArn: key.arn,
      retention: { keepOldVersionsDays: KEEP_OLD_VERSIONS_DAYS },
    });
    const table = new GlueCatalogTable(this, 'table', {
      databaseName: databaseResource.name,
      name: ICEBERG_TABLE_NAME,
      description: 'Every result once: a result that is delivered again replaces its row',
      tableType: 'EXTERNAL_TABLE',
      // Firehose writes version 2 only, merge on read.
      openTableFormatInput: { icebergInput: { metadataOperation: 'CREATE', version: '2' } },
      storageDescriptor: { location: `s3://${bucket.bucket}/${TABLE_FOLDER}`, columns: icebergColumns() },
      // Each commit of Firehose changes them. Columns are changed by SQL, for Glue's API knows no change of an Iceberg schema: docs/archive.md.
      lifecycle: {
        ignoreChanges: ['open_table_format_input', 'parameters', 'storage_descriptor', 'table_type'],
        preventDestroy: environment.protectData,
      },
    });
    const common = { environment, bucket, database, table, key };
    this.deliveryName = new IcebergDelivery(this, 'delivery', { ...common, streams }).name;
    new IcebergCompaction(this, 'compaction', { ...common, settings });
    publish(this, 'iceberg_bucket', bucket.bucket, 'Bucket of the Iceberg table');
  }
}
