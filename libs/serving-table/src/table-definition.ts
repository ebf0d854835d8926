import type { CreateTableCommandInput, TimeToLiveSpecification } from '@aws-sdk/client-dynamodb';

/** Name of the table where no one chose another. */
export const DEFAULT_TABLE_NAME = 'ad-analytics-results';

/** Attribute that DynamoDB expires items by: seconds since the epoch. */
export const EXPIRY_ATTRIBUTE = 'expires_at';

/** The timeline of one thing: a campaign's windows, an actor's alerts. */
export const BY_SUBJECT = { name: 'by-subject', partitionKey: 'gsi1pk', sortKey: 'gsi1sk' } as const;

/** What there was at a time: the campaigns of a window by rank, the alerts of an hour, the clicks of a minute. */
export const BY_TIME = { name: 'by-time', partitionKey: 'gsi2pk', sortKey: 'gsi2sk' } as const;

/** An index of the table. */
export type ServingIndex = typeof BY_SUBJECT | typeof BY_TIME;

/**
 * What an index holds besides keys. Not `raw`: a rejected record of 64 KiB would cost an index 86 write units, and a
 * producer that sends garbage would throttle the index and with it the table. Not `expires_at`: an index whose projected
 * attributes stay the same is not written, so a result that comes twice costs it nothing.
 */
const PROJECTED = ['record_type', 'schema_version', 'event_time', 'payload'];

/**
 * @param tableName name of the table
 * @returns what creates it, on demand; time to live is switched on apart ({@link timeToLive})
 */
export function tableDefinition(tableName: string = DEFAULT_TABLE_NAME): CreateTableCommandInput {
  const indexes = [BY_SUBJECT, BY_TIME];
  const keys = ['record_id', ...indexes.flatMap((index) => [index.partitionKey, index.sortKey])];
  return {
    TableName: tableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: keys.map((name) => ({ AttributeName: name, AttributeType: 'S' })),
    KeySchema: [{ AttributeName: 'record_id', KeyType: 'HASH' }],
    GlobalSecondaryIndexes: indexes.map((index) => ({
      IndexName: index.name,
      KeySchema: [
        { AttributeName: index.partitionKey, KeyType: 'HASH' },
        { AttributeName: index.sortKey, KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: [...PROJECTED] },
    })),
  };
}

/** @returns what makes DynamoDB delete expired items */
export function timeToLive(): TimeToLiveSpecification {
  return { AttributeName: EXPIRY_ATTRIBUTE, Enabled: true };
}
