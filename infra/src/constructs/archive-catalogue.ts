import { GlueCatalogDatabase } from '@cdktf/provider-aws/lib/glue-catalog-database';
import { GlueCatalogTable } from '@cdktf/provider-aws/lib/glue-catalog-table';
import { Construct } from 'constructs';
import { RECORD_TYPES } from '@ad-analytics/event-schemas';
import {
  glueColumns,
  gluePartitionKeys,
  glueTableParameters,
  glueView,
  PARQUET_FORMAT,
  TABLE_FOLDER,
  TABLE_NAME,
} from '@ad-analytics/archive-table';
import type { Environment } from '../environments/environment';
import { resourceName } from '../naming';

export interface ArchiveCatalogueProps {
  readonly environment: Environment;
  /** Name of the bucket with the files. */
  readonly bucket: string;
}

/** The Glue catalogue of the archive: the table that Firehose writes, and a view of each record type. */
export class ArchiveCatalogue extends Construct {
  readonly database: string;
  /** Other constructs depend on these resources. */
  readonly databaseResource: GlueCatalogDatabase;
  readonly table: GlueCatalogTable;

  constructor(scope: Construct, id: string, { environment, bucket }: ArchiveCatalogueProps) {
    super(scope, id);
    // In Athena, names with hyphens need quotes.
    this.database = resourceName(environment, 'archive').replaceAll('-', '_');
    const database = new GlueCatalogDatabase(this, 'database', {
      name: this.database,
      description: `Results of the ad analytics pipeline, ${environment.name}`,
    });
    this.databaseResource = database;
    this.table = new GlueCatalogTable(this, 'table', {
      databaseName: database.name,
      name: TABLE_NAME,
      description: 'Every delivered result, repeats included; the views contain each result once',
      tableType: 'EXTERNAL_TABLE',
      parameters: { EXTERNAL: 'TRUE', ...glueTableParameters(environment.archive.firstDay) },
      partitionKeys: gluePartitionKeys(),
      storageDescriptor: {
        location: `s3://${bucket}/${TABLE_FOLDER}`,
        inputFormat: PARQUET_FORMAT.inputFormat,
        outputFormat: PARQUET_FORMAT.outputFormat,
        serDeInfo: {
          serializationLibrary: PARQUET_FORMAT.serializationLibrary,
          parameters: { 'serialization.format': '1' },
        },
        columns: glueColumns(),
      },
    });
    for (const type of RECORD_TYPES) this.addView(type, database.name);
  }

  private addView(type: (typeof RECORD_TYPES)[number], databaseName: string): void {
    const view = glueView(type, this.database);
    new GlueCatalogTable(this, `view-${type}`, {
      databaseName,
      name: view.name,
      description: view.description,
      tableType: 'VIRTUAL_VIEW',
      viewOriginalText: view.viewOriginalText,
      viewExpandedText: view.viewExpandedText,
      parameters: view.parameters,
      storageDescriptor: {
        columns: [...view.columns],
        // A view has no files, but Athena refuses to read a table whose descriptor has no SerDe (HIVE_METASTORE_ERROR).
        serDeInfo: { name: '-', serializationLibrary: '-' },
      },
      dependsOn: [this.table],
    });
  }
}
