import { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table';
import { Construct } from 'constructs';
import type { KeySchemaElement } from '@aws-sdk/client-dynamodb';
import { tableDefinition, timeToLive } from '@ad-analytics/serving-table';
import type { Environment } from '../environments/environment';
import { resourceName } from '../naming';
import { publish } from '../output';
import type { EncryptionKey } from './encryption-key';

export interface ServingTableProps {
  readonly environment: Environment;
  readonly key: EncryptionKey;
}

/** The table that results are read from, as libs/serving-table defines it. */
export class ServingTable extends Construct {
  readonly table: DynamodbTable;
  /** Names of its indexes: each can be throttled for itself. */
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
      ttl: { attributeName: expiry ?? '', enabled: enabled ?? false },
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true, kmsKeyArn: key.arn },
      deletionProtectionEnabled: environment.protectData,
      lifecycle: { preventDestroy: environment.protectData },
    });
    publish(this, 'results_table', this.table.name, 'DynamoDB table of the results');
  }
}

/** @returns a key schema in Terraform's terms */
function keys(schema: readonly KeySchemaElement[] = []) {
  const named = (type: string) => schema.find(({ KeyType }) => KeyType === type)?.AttributeName;
  const [hashKey, rangeKey] = [named('HASH'), named('RANGE')];
  if (hashKey === undefined) throw new Error('the table definition has a key schema without a partition key');
  return { hashKey, ...(rangeKey === undefined ? {} : { rangeKey }) };
}
