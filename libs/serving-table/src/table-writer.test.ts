import { emulatedTable, EMULATOR } from '../test/emulated-table';
import { metrics, T0 } from '../test/results';
import { tableReader } from './client';
import { marshallItem, toItem, unmarshallItem } from './item';
import { putUnlessNewer, tableWriter } from './table-writer';

const item = (version: number, clicks: number) =>
  marshallItem(toItem({ ...metrics('c', 0, { impressions: 10, clicks }), schema_version: version as 1 }, T0));
const signal = new AbortController().signal;

// What a condition means only a service can say; a fake would repeat what was meant.
const withService = EMULATOR === undefined ? it.skip : it;

withService('puts what is new or not older, and refuses what is (needs TEST_AWS_ENDPOINT)', async () => {
  const { client, tableName } = await emulatedTable([]);
  const writer = tableWriter(client);
  const put = (version: number, clicks: number) =>
    writer.putItem(putUnlessNewer(tableName, item(version, clicks)), signal).then(
      ({ Attributes: before }) => before && unmarshallItem(before).payload['clicks'],
      (error: Error) => error.name,
    );
  expect(await put(2, 1)).toBeUndefined();
  expect(await put(1, 2)).toBe('ConditionalCheckFailedException');
  expect(await put(2, 3)).toBe(1);
  expect(await put(3, 4)).toBe(3);
  const { Items: items } = await tableReader(client).scan({ TableName: tableName });
  expect(items).toEqual([item(3, 4)]);
});
