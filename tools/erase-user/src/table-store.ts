import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  PutItemCommand,
  type DeleteItemCommandInput,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import type { RecordType } from '@ad-analytics/event-schemas';
import {
  isPage,
  marshallItem,
  type ServingItem,
  tableReader,
  type TableReader,
  unmarshallItem,
  withoutUsers,
} from '@ad-analytics/serving-table';
import { withRetries } from './failures';
import { belongsTo } from './subject';
import type { Erasure, UserStore } from './user-store';

const PAGE_TYPE = 'user_engagement';

/**
 * The serving table. No index leads from a user to all records, so the table is scanned. Scores of users are in pages: a page is written again without
 * the user, on the condition that the sink has not written it in the meantime.
 */
export class TableStore implements UserStore {
  readonly name = 'table';
  private readonly reader: TableReader;

  /** @param client of DynamoDB; it repeats requests itself @param tableName name of the table */
  constructor(
    private readonly client: DynamoDBClient,
    private readonly tableName: string,
  ) {
    this.reader = tableReader(client);
  }

  async erase(types: readonly RecordType[], erasure: Erasure): Promise<void> {
    for await (const item of this.items(types)) {
      erasure.signal.throwIfAborted();
      if (isPage(item)) await this.erasePage(item, erasure);
      else await this.eraseResult(item, erasure);
    }
  }

  private async *items(types: readonly RecordType[]): AsyncGenerator<ServingItem> {
    const names = types.map((type, at) => [`:type${at}`, { S: type }] as const);
    let start: DeleteItemCommandInput['Key'];
    do {
      const answer = await this.reader.scan({
        TableName: this.tableName,
        ConsistentRead: true,
        ExclusiveStartKey: start,
        FilterExpression: `record_type IN (${names.map(([name]) => name).join(', ')})`,
        ExpressionAttributeValues: Object.fromEntries(names),
      });
      yield* (answer.Items ?? []).map(unmarshallItem);
      start = answer.LastEvaluatedKey;
    } while (start !== undefined);
  }

  private async eraseResult(item: ServingItem, erasure: Erasure): Promise<void> {
    const { record_type, record_id, payload, raw } = item;
    const record = { record_type, record_id, fields: raw === undefined ? payload : { ...payload, raw } };
    if (!belongsTo(erasure.subject, record)) return;
    erasure.found(this.name, record);
    if (!erasure.remove) return;
    await this.client.send(new DeleteItemCommand(this.key(item)));
    erasure.report.add(this.name, record_type, { removed: 1 });
  }

  private async erasePage(found: ServingItem, { subject, remove, report }: Erasure): Promise<void> {
    const { removed: scores } = withoutUsers(found, subject.userIds);
    if (scores === 0) return;
    report.add(this.name, PAGE_TYPE, { found: scores });
    if (!remove) return;
    let page: ServingItem | undefined = found;
    const once = async () => {
      page ??= await this.read(found);
      if (page === undefined) return;
      const { removed, rest } = withoutUsers(page, subject.userIds);
      if (removed > 0) await this.replace(page, rest);
    };
    const lostRace = (error: unknown) => {
      page = undefined;
      return error instanceof ConditionalCheckFailedException;
    };
    await withRetries(once, lostRace, report);
    report.add(this.name, PAGE_TYPE, { removed: scores });
  }

  private async replace(before: ServingItem, after: ServingItem | undefined): Promise<void> {
    const unchanged = {
      ConditionExpression: '#payload.#written = :written AND size(#payload.#users) = :users',
      ExpressionAttributeNames: { '#payload': 'payload', '#written': 'written_at', '#users': 'users' },
      ExpressionAttributeValues: {
        ':written': { S: String(before.payload['written_at']) },
        ':users': { N: String((before.payload['users'] as unknown[]).length) },
      },
    };
    if (after === undefined) await this.client.send(new DeleteItemCommand({ ...this.key(before), ...unchanged }));
    else {
      const Item = marshallItem(after);
      await this.client.send(new PutItemCommand({ TableName: this.tableName, Item, ...unchanged }));
    }
  }

  private async read(item: ServingItem): Promise<ServingItem | undefined> {
    const { Item: stored } = await this.reader.getItem({ ...this.key(item), ConsistentRead: true });
    return stored === undefined ? undefined : unmarshallItem(stored);
  }

  private key({ record_id }: ServingItem) {
    return { TableName: this.tableName, Key: { record_id: { S: record_id } } };
  }
}
