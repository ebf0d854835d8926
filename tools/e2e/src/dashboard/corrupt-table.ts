import type { ResultRecord } from '@ad-analytics/event-schemas';
import { DEFAULT_TABLE_NAME, createServingClient, marshallItem, toItem } from '@ad-analytics/serving-table';
import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { LocalStack } from '@ad-analytics/local-stack/stack';

/**
 * Corrupts the serving table in the three possible ways: a missing, a changed and an additional result.
 * @param stack whose table it is
 * @param clicks attributed clicks that are in it: the first is deleted, the second changed, and the third added again under another id
 */
export async function corruptTable(
  stack: Pick<LocalStack, 'endpoint' | 'region'>,
  clicks: readonly Extract<ResultRecord, { record_type: 'attributed_click' }>[],
): Promise<void> {
  const [dropped, altered, copied] = clicks;
  if (!dropped || !altered || !copied) throw new Error('the table has fewer than three attributed clicks');
  const client = createServingClient({ region: stack.region, endpoint: stack.endpoint });
  const put = (record: ResultRecord) =>
    client.send(new PutItemCommand({ TableName: DEFAULT_TABLE_NAME, Item: marshallItem(toItem(record, Date.now())) }));
  try {
    const key = { record_id: { S: dropped.record_id } };
    await client.send(new DeleteItemCommand({ TableName: DEFAULT_TABLE_NAME, Key: key }));
    const { attributed_click: click } = altered;
    await put({ ...altered, attributed_click: { ...click, campaign_id: `${click.campaign_id} altered` } });
    await put({ ...copied, record_id: `${copied.record_id} copied` });
  } finally {
    client.destroy();
  }
}
