import { DIMENSIONS } from '@ad-analytics/event-schemas';
import {
  createServingClient,
  createServingTable,
  marshallItem,
  ServingTable,
  tableReader,
  toItem,
} from '@ad-analytics/serving-table';
import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { randomUUID } from 'node:crypto';
import { sampleTraffic } from '../../test/sample-traffic';
import { InMemoryResults } from './in-memory-results';
import type { ResultPage, ResultSeries } from './results-reader';
import { ServingTableResults } from './serving-table-results';

/** URL of a running local AWS; `npm run stack` prints one. */
const EMULATOR = process.env['TEST_AWS_ENDPOINT'];
if (EMULATOR === undefined)
  console.warn('SKIPPED: the table itself is not tested; the local AWS is missing: run npm run setup.');
const withEmulator = EMULATOR === undefined ? describe.skip : describe;

const BATCH = 25;
const NOW = Date.parse('2026-11-24T10:00:00.000Z');
const SERIES: readonly ResultSeries[] = [
  ...DIMENSIONS.map((dimension) => `campaign_metrics/${dimension}` as const),
  ...(['attribution_metrics', 'attributed_click', 'unattributed_click', 'late_event', 'rejected_event'] as const),
  ...(['fraud_alert', 'user_engagement'] as const),
];

/** Sorted, without the fields that only the results in memory have. */
function comparable({ results, complete }: ResultPage<never>): { results: string[]; complete: boolean } {
  const texts = (results as readonly { time: number; payload: object }[]).map(({ time, payload }) => {
    const fields = Object.entries(payload).filter(([name]) => name !== 'raw');
    return JSON.stringify([time, fields.sort(([a], [b]) => (a < b ? -1 : 1))]);
  });
  return { results: texts.sort(), complete };
}

withEmulator('ServingTableResults', () => {
  const client = createServingClient({ region: 'us-east-1', ...(EMULATOR ? { endpoint: EMULATOR } : {}) });
  const name = `dashboard-test-${randomUUID()}`;
  const memory = new InMemoryResults();
  let table: ServingTableResults;
  beforeAll(async () => {
    const records = [...new Map(sampleTraffic(NOW, 12).map((record) => [record.record_id, record])).values()];
    memory.put(...records);
    await createServingTable(client, name);
    for (let at = 0; at < records.length; at += BATCH) {
      const requests = records
        .slice(at, at + BATCH)
        // The local AWS deletes items that have expired by the clock of the machine.
        .map((record) => ({ PutRequest: { Item: marshallItem(toItem(record, Date.now())) } }));
      await client.send(new BatchWriteItemCommand({ RequestItems: { [name]: requests } }));
    }
    const steps = { metricsMs: 10_000, engagementMs: 60_000 };
    table = new ServingTableResults(new ServingTable(tableReader(client), name), steps);
  });
  afterAll(() => client.destroy());

  it.each(SERIES)('finds the same %s as memory does, up to the bounds of the range', async (series) => {
    const whole = { from: NOW - 720_000, to: NOW + 60_000 };
    const part = { from: NOW - 90_000, to: NOW - 20_000 };
    for (const range of [whole, part]) {
      const expected = comparable((await memory.read(series, range, 1e6)) as ResultPage<never>);
      expect(comparable((await table.read(series, range, 1e6)) as ResultPage<never>)).toEqual(expected);
    }
    expect((await table.read(series, whole, 1e6)).results.length).toBeGreaterThan(0);
  });

  it('reports that there are more results than the limit, and returns the users with the highest scores', async () => {
    const range = { from: NOW - 720_000, to: NOW };
    const { results, complete } = await table.read('user_engagement', range, 3);
    const best = await memory.read('user_engagement', range, 3);
    expect(complete).toBe(false);
    expect(results.map(({ payload }) => payload.score)).toEqual(best.results.map(({ payload }) => payload.score));
  });
});
