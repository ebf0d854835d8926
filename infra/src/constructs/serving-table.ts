import { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table';
import { Construct } from 'constructs';
import type { GlobalSecondaryIndex, KeySchemaElement } from '@aws-sdk/client-dynamodb';
import { tableDefinition, timeToLive } from '@ad-analytics/serving-table';
import type { Environment } from '../environments/environment';
import { resourceName } from '../naming';
import { publish } from '../output';
import type { EncryptionKey } from './encryption-key';

export interface ServingTableProps {
  readonly environment: Environment;
  readonly key: EncryptionKey;
}

/** The serving table, as libs/serving-table defines it. */
export class ServingTable extends Construct {
  readonly table: DynamodbTable;
  /** Names of its indexes: each can be throttled separately. */
  readonly indexes: readonly string[];

  constructor(scope: Construct, id: string, { environment, key }: ServingTableProps) {
    super(scope, id);
    const definition = tableDefinition(resourceName(environment, 'results'));
    const indexes = definition.GlobalSecondaryIndexes ?? [];
    this.indexes = indexes.map(({ IndexName }) => IndexName ?? '');
    const { AttributeName: expiry, Enabled: enabled } = timeToLive();
    this.table = new DynamodbTable(this, 'table', {
      name: definition.TableName ?? '',
      billingMode: definition.BillingMode ?? '',
      ...keys(definition.KeySchema),
      attribute: (definition.AttributeDefinitions ?? []).map(({ AttributeName, AttributeType }) => ({
        name: AttributeName ?? '',
        type: AttributeType ?? '',
      })),
      globalSecondaryIndex: indexes.map(({ IndexName, KeySchema, Projection }) => ({
        name: IndexName ?? '',
        ...keys(KeySchema),
        projectionType: Projection?.ProjectionType ?? '',
        ...(Projection?.NonKeyAttributes === undefined ? {} : { nonKeyAttributes: [...Projection.NonKeyAttributes] }),
      })),
      // The write limit of an index is that of the table.
      onDemandThroughput: {
        maxReadRequestUnits: environment.table.maxReadUnitsPerSecond,
        maxWriteRequestUnits: environment.table.maxWriteUnitsPerSecond,
      },
      ttl: { attributeName: expiry ?? '', enabled: enabled ?? false },
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true, kmsKeyArn: key.arn },
      deletionProtectionEnabled: environment.protectData,
      lifecycle: {
        preventDestroy: environment.protectData,
        // DynamoDB raises the warm throughput of an index with its traffic, and the provider then plans to recreate the index every time
        // (terraform-provider-aws #44692, #46281). Terraform cannot ignore a single attribute of a set, so all changes of indexes are
        // ignored, and the condition below checks the other attributes.
        ignoreChanges: ['global_secondary_index'],
        postcondition: [
          {
            condition: `\${toset([for index in self.global_secondary_index : ${joined(INDEX_ARGUMENTS.map((name) => `index.${name}`))}]) == toset(${wantedIndexes(indexes)})}`,
            errorMessage:
              'The indexes of the table differ from those of libs/serving-table. Terraform does not change indexes: use aws dynamodb update-table, one index at a time.',
          },
        ],
      },
    });
    publish(this, 'results_table', this.table.name, 'DynamoDB table of the results');
  }
}

/** The attributes that define an index. */
const INDEX_ARGUMENTS = ['name', 'hash_key', 'range_key', 'projection_type'];

const joined = (values: readonly string[]) => `join("|", [${values.join(', ')}])`;

/** @returns the indexes as Terraform expressions, one text each */
function wantedIndexes(indexes: readonly GlobalSecondaryIndex[]): string {
  return JSON.stringify(
    indexes.map(({ IndexName, KeySchema, Projection }) => {
      const { hashKey, rangeKey } = keys(KeySchema);
      return [IndexName, hashKey, rangeKey, Projection?.ProjectionType].join('|');
    }),
  );
}

/** @returns a key schema as a Terraform expression */
function keys(schema: readonly KeySchemaElement[] = []) {
  const named = (type: string) => schema.find(({ KeyType }) => KeyType === type)?.AttributeName;
  const [hashKey, rangeKey] = [named('HASH'), named('RANGE')];
  if (hashKey === undefined) throw new Error('a key schema of the table definition lacks a partition key');
  return { hashKey, ...(rangeKey === undefined ? {} : { rangeKey }) };
}
