import type { GlueCatalogTable } from '@cdktf/provider-aws/lib/glue-catalog-table';
import { GlueCatalogTableOptimizer } from '@cdktf/provider-aws/lib/glue-catalog-table-optimizer';
import type { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { Construct } from 'constructs';
import type { IcebergSettings } from '../environments/archive-settings';
import type { Environment } from '../environments/environment';
import { Account } from '../iam/account';
import { allow } from '../iam/policy';
import type { EncryptionKey } from './encryption-key';
import { tableStatements } from './iceberg-delivery';
import { ServiceRole } from './service-role';

export interface IcebergCompactionProps {
  readonly environment: Environment;
  readonly settings: IcebergSettings;
  readonly bucket: S3Bucket;
  /** Name of the database of the table. */
  readonly database: string;
  readonly table: GlueCatalogTable;
  readonly key: EncryptionKey;
}

/**
 * Glue's maintenance of the table. Without it, each commit leaves small files and lists of replaced rows, and every query reads all of
 * them.
 */
export class IcebergCompaction extends Construct {
  constructor(scope: Construct, id: string, props: IcebergCompactionProps) {
    super(scope, id);
    const { environment, settings, database, table } = props;
    const account = Account.of(this, environment);
    const role = new ServiceRole(this, 'role', {
      environment,
      part: 'compaction',
      description: 'Glue: compacts the Iceberg table, and drops old snapshots',
      service: 'glue.amazonaws.com',
      // AWS does not document a condition for table optimizers, and a condition key that Glue does not set would block them:
      // https://docs.aws.amazon.com/glue/latest/dg/optimization-prerequisites.html
      trustConditions: {},
      statements: [
        ...tableStatements(props, account),
        allow(
          'WriteLogs',
          ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
          [account.arn('logs', 'log-group:/aws-glue/iceberg-*')],
        ),
      ],
    });
    const common = {
      catalogId: account.id,
      databaseName: database,
      tableName: table.name,
      dependsOn: [role.policy],
    };
    new GlueCatalogTableOptimizer(this, 'compaction', {
      ...common,
      type: 'compaction',
      configuration: [{ enabled: true, roleArn: role.arn }],
    });
    new GlueCatalogTableOptimizer(this, 'retention', {
      ...common,
      type: 'retention',
      configuration: [
        {
          enabled: true,
          roleArn: role.arn,
          retentionConfiguration: [
            {
              icebergConfiguration: [
                {
                  snapshotRetentionPeriodInDays: settings.keepSnapshotsDays,
                  numberOfSnapshotsToRetain: 1,
                  cleanExpiredFiles: true,
                },
              ],
            },
          ],
        },
      ],
    });
  }
}
