import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { StoredItem, TableWriter } from '@ad-analytics/serving-table';
import { setImmediate as nextTurn } from 'node:timers/promises';

type BatchInput = Parameters<TableWriter['batchWriteItem']>[0];

/** The behaviour of the table for one request. */
export interface Behaviour {
  /** Error of the request; its items are not written. */
  readonly error?: Error | undefined;
  /** Whether the table refuses an item as invalid, for a reason that only the table knows. */
  readonly refuses?: (item: StoredItem) => boolean;
  /** Unprocessed items, by index in the request. */
  readonly unprocessed?: (at: number, item: StoredItem) => boolean;
  /** Name of the table in the response. */
  readonly tableName?: string;
  /** The invocation dies during the request: its items are written, and no response arrives. */
  readonly dies?: boolean;
}

/** @returns an error as the SDK throws it */
export function serviceError(name: string): Error {
  return Object.assign(new Error(`${name}: simulated`), { name, $metadata: { attempts: 4 } });
}

/** Maximum length of the keys, in bytes of UTF-8. Source: Amazon DynamoDB Developer Guide, "Quotas". */
const KEY_BYTES = { record_id: 2048, gsi1pk: 2048, gsi2pk: 2048, gsi1sk: 1024, gsi2sk: 1024 };

/** Whether DynamoDB accepts all numbers of a value. Source: Amazon DynamoDB Developer Guide, "Data types". */
function takesNumbers(value: AttributeValue): boolean {
  if (value.L !== undefined) return value.L.every(takesNumbers);
  if (value.M !== undefined) return Object.values(value.M).every(takesNumbers);
  const magnitude = Math.abs(Number(value.N ?? 0));
  return magnitude === 0 || (magnitude >= 1e-130 && magnitude < 1e126);
}

/** Whether DynamoDB accepts the keys, which are not empty, within their limits and well-formed Unicode, and the numbers. */
function isTaken(item: StoredItem): boolean {
  if (!takesNumbers({ M: item })) return false;
  return Object.entries(KEY_BYTES).every(([name, limit]) => {
    const key = item[name]?.S;
    if (key === undefined) return name !== 'record_id';
    const bytes = Buffer.from(key);
    return bytes.length > 0 && bytes.length <= limit && bytes.toString() === key;
  });
}

/** A table in memory that rejects the same requests as DynamoDB, and fails on demand. */
export class FakeTableWriter implements TableWriter {
  readonly items = new Map<string, StoredItem>();
  requests = 0;

  /** @param behaviour of the n-th request, from 0 */
  constructor(public behaviour: (request: number) => Behaviour = () => ({})) {}

  batchWriteItem: TableWriter['batchWriteItem'] = async (input, signal) => {
    const [[tableName, puts] = ['', []]] = Object.entries(input.RequestItems ?? {});
    const items = puts.map((put) => put.PutRequest!.Item!);
    const ids = items.map((item) => item['record_id']!.S!);
    if (items.length < 1 || items.length > 25) throw serviceError('ValidationException');
    if (new Set(ids).size < ids.length) throw serviceError('ValidationException');
    const { unprocessed = () => false, tableName: name = tableName } = await this.answer(signal, items);
    const left = items.filter((item, at) => unprocessed(at, item));
    items.filter((item) => !left.includes(item)).forEach((item) => this.put(item));
    return { $metadata: {}, UnprocessedItems: this.unprocessed(name, left) };
  };

  putItem: TableWriter['putItem'] = async (input, signal) => {
    if (input.ConditionExpression !== 'attribute_not_exists(record_id) OR schema_version <= :version') {
      throw new Error(`Not supported: ${input.ConditionExpression}`);
    }
    await this.answer(signal, [input.Item!]);
    const before = this.items.get(input.Item!['record_id']!.S!);
    const version = Number(input.ExpressionAttributeValues![':version']!.N);
    if (before !== undefined && Number(before['schema_version']!.N) > version) {
      throw serviceError('ConditionalCheckFailedException');
    }
    this.put(input.Item!);
    return { $metadata: {}, ...(before === undefined ? {} : { Attributes: before }) };
  };

  private async answer(signal: AbortSignal, items: readonly StoredItem[]): Promise<Behaviour> {
    const behaviour = this.behaviour(this.requests++);
    await nextTurn();
    if (signal.aborted) throw serviceError('AbortError');
    if (behaviour.dies) {
      items.forEach((item) => this.put(item));
      await new Promise(() => undefined);
    }
    if (behaviour.error !== undefined) throw behaviour.error;
    // One invalid item is enough to refuse the request, and then none of its items is written.
    if (items.some((item) => !isTaken(item) || behaviour.refuses?.(item))) throw serviceError('ValidationException');
    return behaviour;
  }

  private unprocessed(tableName: string, items: readonly StoredItem[]): NonNullable<BatchInput['RequestItems']> {
    return items.length === 0 ? {} : { [tableName]: items.map((Item) => ({ PutRequest: { Item } })) };
  }

  private put(item: StoredItem): void {
    this.items.set(item['record_id']!.S!, item);
  }
}
