import { formatEventTime, type ResultRecord } from '@ad-analytics/event-schemas';
import { FakeTableWriter, serviceError } from '../test/fake-table-writer';
import { json, kinesisEvent } from '../test/kinesis-event';
import { metrics } from '../test/results';
import { createSink, NOW } from '../test/sink';

/** A line in the embedded metric format. */
interface Emf {
  readonly _aws: {
    readonly CloudWatchMetrics: {
      Namespace: string;
      Dimensions: string[][];
      Metrics: { Name: string; Unit: string }[];
    }[];
  };
  readonly [name: string]: unknown;
}

let printed: string;
beforeEach(() => {
  printed = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    printed += String(chunk);
    return true;
  });
});
afterEach(() => jest.restoreAllMocks());

const lines = (): Emf[] =>
  printed
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Emf);

/** @returns values of the batch's metrics by name, as CloudWatch reads them */
function batchMetrics(): Record<string, unknown> {
  const [emf] = lines().filter((line) => 'Upserts' in line);
  const [directive] = emf!._aws.CloudWatchMetrics;
  expect(directive!.Namespace).toBe('AdAnalytics');
  expect(emf!['service']).toBe('output-sink');
  return Object.fromEntries(directive!.Metrics.map(({ Name }) => [Name, emf![Name]]));
}

/** @returns the number of records of each type; each type has a line with the type as a dimension */
function recordsByType(): Record<string, unknown> {
  const typed = lines().filter((line) => 'Records' in line);
  for (const line of typed) expect(line._aws.CloudWatchMetrics[0]!.Dimensions[0]).toContain('record_type');
  return Object.fromEntries(typed.map((line) => [line['record_type'], line['Records']]));
}

const late: ResultRecord = {
  record_type: 'late_event',
  record_id: 'late_event:ClicksStreamInput:shardId-000000000000:1',
  schema_version: 1,
  event_time: formatEventTime(NOW - 86_400_000),
  late_event: { source: 'click', event_id: 'click-1', event_time: formatEventTime(NOW - 86_400_000), lateness_ms: 1 },
};

it('prints the outcome of a batch', async () => {
  const newest = { ...metrics(1), event_time: formatEventTime(NOW - 1_500) };
  const oldest = { ...metrics(2), event_time: formatEventTime(NOW - 90_000) };
  await createSink().invoke(kinesisEvent([json(newest), json(oldest), json(oldest), json(late), Buffer.from('{')]));
  expect(batchMetrics()).toEqual({
    Upserts: 3,
    Duplicates: 1,
    StaleVersions: 0,
    Retries: 0,
    DeadLetters: 1,
    Failures: 0,
    FreshnessNewest: 1_500,
    FreshnessOldest: 90_000,
  });
  expect(recordsByType()).toEqual({ campaign_metrics: 3, late_event: 1 });
});

it('counts retries, and records that must be delivered again', async () => {
  const table = new FakeTableWriter(() => ({ unprocessed: (_, item) => item['record_id']!.S!.endsWith('campaign-2') }));
  await createSink({ table }).invoke(kinesisEvent([1, 2, 3].map((n) => json(metrics(n)))));
  expect(batchMetrics()).toMatchObject({ Upserts: 2, Retries: 3, Failures: 1 });
});

it('counts retries of the SDK', async () => {
  // According to the error, it was the fourth attempt, so 3 items were sent again 3 times.
  const table = new FakeTableWriter(() => ({ error: serviceError('ThrottlingException') }));
  await createSink({ table }).invoke(kinesisEvent([1, 2, 3].map((n) => json(metrics(n)))));
  expect(batchMetrics()).toMatchObject({ Upserts: 0, Retries: 9, Failures: 3 });
});

it('counts duplicates and stale versions if the table reports them', async () => {
  const { table, invoke } = createSink({ schemaVersion: 2 });
  await invoke(kinesisEvent([json(metrics(1)), json(metrics(2))]));
  expect(batchMetrics()).toMatchObject({ Upserts: 2, Duplicates: 0, StaleVersions: 0 });
  const id = metrics(1).record_id;
  table.items.set(id, { ...table.items.get(id)!, schema_version: { N: '2' } });
  printed = '';
  await invoke(kinesisEvent([json(metrics(1)), json(metrics(2))]));
  expect(batchMetrics()).toMatchObject({ Upserts: 1, Duplicates: 1, StaleVersions: 1 });
});

it('does not report freshness without results, and never below 0', async () => {
  await createSink().invoke(kinesisEvent([Buffer.from('{')]));
  expect(batchMetrics()).not.toHaveProperty('FreshnessNewest');
  expect(recordsByType()).toEqual({});
  printed = '';
  await createSink().invoke(kinesisEvent([json({ ...metrics(1), event_time: formatEventTime(NOW + 20_000) })]));
  expect(batchMetrics()).toMatchObject({ FreshnessNewest: 0, FreshnessOldest: 0 });
});
