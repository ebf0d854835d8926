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

/** For this many days, a file that was removed with a snapshot can be restored. */
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
 * The results in an Iceberg table. If a result is delivered again, Firehose replaces its row, so the number of rows is the number of
 * results. The table has a separate bucket, because the table, not the age of a file, decides what may be deleted.
 */
export class IcebergTable extends Construct {
  /** Name of the delivery stream, for its alarms. */
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
      // Firehose supports only format version 2, with merge-on-read.
      openTableFormatInput: { icebergInput: { metadataOperation: 'CREATE', version: '2' } },
      storageDescriptor: { location: `s3://${bucket.bucket}/${TABLE_FOLDER}`, columns: icebergColumns() },
      // Each commit of Firehose changes these. Columns are changed with SQL, because Glue's API cannot change an Iceberg schema:
      // docs/archive.md.
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
