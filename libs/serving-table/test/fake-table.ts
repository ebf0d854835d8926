import type { QueryCommandInput, QueryCommandOutput } from '@aws-sdk/client-dynamodb';
import type { TableReader } from '../src/client';
import type { StoredItem } from '../src/item';
import { BY_SUBJECT, BY_TIME, tableDefinition } from '../src/table-definition';

const text = (item: StoredItem, name: string): string | undefined => item[name]?.S;
const byUtf8 = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));

/**
 * A table in memory that answers as DynamoDB documents it: an index holds the items that have both its keys, sorted by the UTF-8
 * bytes of the sort key, with the attributes that it projects; an answer ends at a limit or at the page size, and then
 * says where to go on. It understands the expressions of `query-index.ts` only, and refuses any other.
 */
export class FakeTable implements TableReader {
  private readonly items = new Map<string, StoredItem>();
  /** Questions answered, one for each page. */
  requests = 0;

  constructor(
    private readonly tableName: string,
    private readonly pageSize = 3,
  ) {}

  put(item: StoredItem): void {
    this.items.set(text(item, 'record_id')!, item);
  }

  query = async (input: QueryCommandInput): Promise<QueryCommandOutput> => {
    this.requests++;
    if (input.TableName !== this.tableName) throw new Error(`No table ${input.TableName}.`);
    const matching = this.matching(input);
    const after = input.ExclusiveStartKey === undefined ? undefined : text(input.ExclusiveStartKey, 'record_id');
    const begin = after === undefined ? 0 : matching.findIndex((item) => text(item, 'record_id') === after) + 1;
    const end = Math.min(begin + this.pageSize, begin + (input.Limit ?? Infinity));
    const page = matching.slice(begin, end);
    const last = end < matching.length ? page.at(-1) : undefined;
    const key = last === undefined ? undefined : { record_id: last['record_id']! };
    return {
      $metadata: {},
      Count: page.length,
      ...(input.Select === 'COUNT' ? {} : { Items: page }),
      ...(key === undefined ? {} : { LastEvaluatedKey: key }),
    };
  };

  getItem: TableReader['getItem'] = async (input) => {
    const item = this.items.get(input.Key!['record_id']!.S!);
    return { $metadata: {}, ...(item === undefined ? {} : { Item: item }) };
  };

  scan: TableReader['scan'] = async (input) => {
    const items = [...this.items.values()];
    const begin = input.ExclusiveStartKey === undefined ? 0 : Number(input.ExclusiveStartKey['at']!.N);
    const end = begin + this.pageSize;
    const next = end < items.length ? { LastEvaluatedKey: { at: { N: String(end) } } } : {};
    return { $metadata: {}, Items: items.slice(begin, end), ...next };
  };

  private matching(input: QueryCommandInput): StoredItem[] {
    const index = [BY_SUBJECT, BY_TIME].find(({ name }) => name === input.IndexName);
    if (index === undefined) throw new Error(`No index ${input.IndexName}.`);
    const names = input.ExpressionAttributeNames!;
    const values = input.ExpressionAttributeValues!;
    const ranged = input.KeyConditionExpression === '#partition = :partition AND #sort BETWEEN :from AND :to';
    if (!ranged && input.KeyConditionExpression !== '#partition = :partition') {
      throw new Error(`Not understood: ${input.KeyConditionExpression}`);
    }
    if (names['#partition'] !== index.partitionKey)
      throw new Error(`${names['#partition']} is not a key of ${index.name}.`);
    if (ranged && byUtf8(values[':from']!.S!, values[':to']!.S!) > 0) throw new Error('BETWEEN with its ends swapped.');
    const sort = (item: StoredItem): string => text(item, index.sortKey)!;
    const found = [...this.items.values()]
      .filter((item) => text(item, index.partitionKey) === values[':partition']!.S && text(item, index.sortKey))
      .filter((item) => !ranged || byUtf8(sort(item), values[':from']!.S!) >= 0)
      .filter((item) => !ranged || byUtf8(sort(item), values[':to']!.S!) <= 0)
      .sort((one, other) => byUtf8(sort(one), sort(other)));
    if (input.ScanIndexForward === false) found.reverse();
    return found.map((item) => this.projected(item, index.name));
  }

  private projected(item: StoredItem, indexName: string): StoredItem {
    const index = tableDefinition().GlobalSecondaryIndexes!.find(({ IndexName }) => IndexName === indexName)!;
    const held = [
      'record_id',
      ...index.KeySchema!.map((key) => key.AttributeName!),
      ...index.Projection!.NonKeyAttributes!,
    ];
    return Object.fromEntries(Object.entries(item).filter(([name]) => held.includes(name)));
  }
}
