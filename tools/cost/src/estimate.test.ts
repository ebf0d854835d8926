import { type CostLine, total } from './cost-line';
import { byService, estimate } from './estimate';
import { SAMPLE_ASSUMPTIONS, SAMPLE_DEPLOYMENT, SAMPLE_TRAFFIC } from './sample-cost';
import type { Deployment } from './deployment';
import { workload } from './workload';

/** 1,000 records per second: 10 results per second of each type that follows events, 60 / 60 and 6 / 60 of the windows. */
const load = workload(SAMPLE_TRAFFIC, { eventsPerSecond: 1000, windowSeconds: 60 });
const bill = (deployment: Deployment = SAMPLE_DEPLOYMENT) => estimate(load, deployment, SAMPLE_ASSUMPTIONS);
const MONTH = 2_628_000;

function line(lines: readonly CostLine[], service: string, price: string, item = ''): CostLine {
  const found = lines.filter(
    (one) => one.service.startsWith(service) && one.price === price && one.item.includes(item),
  );
  expect(found).toHaveLength(1);
  return found[0] as CostLine;
}

describe('estimate', () => {
  it('computes a stream on demand in GB of records rounded up to 1 KB', () => {
    const lines = bill();
    // 900 records/s of 1 KB are 900 × 2,628,000 / 1,048,576 GB.
    const gigabytes = (900 * MONTH) / 1_048_576;
    expect(line(lines, 'Kinesis', 'kinesisDataIn', 'impressions')).toMatchObject({ quantity: gigabytes });
    expect(line(lines, 'Kinesis', 'kinesisDataIn', 'impressions').usd).toBeCloseTo(180.45, 2);
    expect(line(lines, 'Kinesis', 'kinesisStreamHour', 'impressions').usd).toBeCloseTo(29.2, 6);
    // Only Flink reads it.
    expect(line(lines, 'Kinesis', 'kinesisDataOut', 'impressions').usd).toBeCloseTo(90.225, 2);
  });

  it('bills every reader of the results', () => {
    const lines = bill();
    const gigabytes = (61.1 * MONTH) / 1_048_576;
    expect(line(lines, 'Kinesis', 'kinesisDataOut', 'results to Lambda, Firehose, Redshift').quantity).toBeCloseTo(
      3 * gigabytes,
      6,
    );
  });

  it('bills an Iceberg table by the written data, and as another reader', () => {
    const table = { reads: 'results', parquet: false, dynamicPartitioning: false, iceberg: true } as const;
    const archive = [...SAMPLE_DEPLOYMENT.archive, { ...table, bufferMb: 64, bufferSeconds: 60 }];
    const lines = bill({ ...SAMPLE_DEPLOYMENT, archive });
    // Records of 1 KB are not rounded up to 5 KB.
    expect(line(lines, 'Data Firehose', 'firehoseIceberg').quantity).toBeCloseTo((61.1 * MONTH) / 1_048_576, 6);
    expect(line(lines, 'Data Firehose', 'firehoseIngested').quantity).toBeCloseTo((5 * 61.1 * MONTH) / 1_048_576, 6);
    expect(line(lines, 'Kinesis', 'kinesisDataOut', 'results to').item).toContain('Firehose (Iceberg)');
    const before = line(bill(), 'S3', 's3Storage').quantity;
    expect(line(lines, 'S3', 's3Storage').quantity).toBeCloseTo(2 * before, 6);
  });

  it('bills a second version of the job: its KPUs, its results, and another reader of the events', () => {
    const lines = bill({ ...SAMPLE_DEPLOYMENT, sideBySide: true });
    const added = lines.filter((one) => one.item.startsWith('green: '));
    const ofBlue = bill().filter(({ service }) => service === 'Managed Service for Apache Flink');
    expect(added.filter(({ service }) => service === 'Managed Service for Apache Flink')).toEqual(
      ofBlue.map((one) => ({ ...one, item: `green: ${one.item}` })),
    );
    const results = (61.1 * MONTH) / 1_048_576;
    expect(line(added, 'Kinesis', 'kinesisDataIn').quantity).toBeCloseTo(results, 6);
    expect(line(added, 'Kinesis', 'kinesisDataOut', 'results to Lambda').quantity).toBeCloseTo(results, 6);
    const events = (1000 * MONTH) / 1_048_576;
    const read = (all: readonly CostLine[]) =>
      ['impressions', 'clicks'].reduce((sum, item) => sum + line(all, 'Kinesis', 'kinesisDataOut', item).quantity, 0);
    expect(read(lines) - read(bill())).toBeCloseTo(events, 6);
    const rest = (all: readonly CostLine[]) =>
      total(
        all.filter((one) => !one.item.startsWith('green: ') && !['kinesisDataOut', 'kmsRequest'].includes(one.price)),
      );
    expect(rest(lines)).toBeCloseTo(rest(bill()), 6);
  });

  it('bills endpoints by zone, and their data', () => {
    expect(bill().filter(({ service }) => service === 'VPC endpoints')).toEqual([]);
    const lines = bill({ ...SAMPLE_DEPLOYMENT, endpoints: 6 });
    expect(line(lines, 'VPC endpoints', 'endpointHour').usd).toBeCloseTo(6 * 730 * 0.01, 6);
    // 1,000 events and 61.1 results per second of 1 KB.
    expect(line(lines, 'VPC endpoints', 'endpointData').quantity).toBeCloseTo((1061.1 * MONTH) / 1_048_576, 6);
  });

  it('bills the transitions of scheduled snapshots, and the kept snapshots', () => {
    expect(bill().filter(({ service }) => service === 'Step Functions')).toEqual([]);
    const lines = bill({ ...SAMPLE_DEPLOYMENT, snapshots: { everyHours: 6, kept: 28 } });
    expect(line(lines, 'Step Functions', 'stepTransition').quantity).toBeCloseTo((730 / 6) * 7, 6);
    const [many, few] = [lines, bill()].map((all) => line(all, 'Managed', 'flinkBackup').quantity);
    expect((many ?? 0) / (few ?? 1)).toBeCloseTo(28 / SAMPLE_ASSUMPTIONS.snapshots, 6);
  });

  it('bills retention beyond a day and beyond a week at separate prices', () => {
    const lines = bill({ ...SAMPLE_DEPLOYMENT, streams: { mode: 'ON_DEMAND', retentionHours: 24 * 8 } });
    const gigabytes = (900 * MONTH) / 1_048_576;
    expect(line(lines, 'Kinesis', 'kinesisOnDemandRetention', 'impressions').quantity).toBeCloseTo(
      (gigabytes * 144) / 730,
      6,
    );
    expect(line(lines, 'Kinesis', 'kinesisLongRetention', 'impressions').quantity).toBeCloseTo(
      (gigabytes * 24) / 730,
      6,
    );
  });

  it('computes provisioned shards and PUT payload units', () => {
    const shards = { impressions: 4, clicks: 1, results: 1 };
    const lines = bill({ ...SAMPLE_DEPLOYMENT, streams: { mode: 'PROVISIONED', retentionHours: 24, shards } });
    expect(line(lines, 'Kinesis', 'kinesisShardHour', 'impressions').usd).toBeCloseTo(4 * 730 * 0.015, 6);
    expect(line(lines, 'Kinesis', 'kinesisPutUnit', 'impressions').usd).toBeCloseTo((900 * MONTH * 0.014) / 1e6, 6);
    expect(lines.filter(({ price }) => price === 'kinesisShardRetention')).toHaveLength(0);
  });

  it('adds a KPU for the orchestration, and 50 GB for each other KPU', () => {
    const lines = bill();
    expect(line(lines, 'Managed', 'flinkKpuHour').quantity).toBe((2 + 1) * 730);
    expect(line(lines, 'Managed', 'flinkRunningStorage').usd).toBeCloseTo(10, 6);
  });

  it('computes compute of the sink from CPU time and memory', () => {
    // 61.1 results/s × 0.05 ms on a whole vCPU (1,769 MB).
    const gbSeconds = (61.1 * MONTH * 0.05 * 1769) / 1000 / 1024;
    expect(line(bill(), 'Lambda', 'lambdaArmSecond').quantity).toBeCloseTo(gbSeconds, 3);
    // Batches of 100, or one a second: one shard, so one invocation a second.
    expect(line(bill(), 'Lambda', 'lambdaRequest').quantity).toBeCloseTo(MONTH, 3);
  });

  it('bills the table and both indexes for a write', () => {
    expect(line(bill(), 'DynamoDB', 'dynamodbWrite', 'fraud_alert').usd).toBeCloseTo((10 * 3 * MONTH * 0.625) / 1e6, 6);
  });

  it('bills the storage of items until they expire', () => {
    // 10/s for 2 days of scores, 7 × 3 of clicks and late events, 14 of rejected, 90 of alerts; 1/s for 30, 0.1/s for 400 days.
    const days = 10 * (2 + 3 * 7 + 14 + 90) + 30 + 40;
    const gigabytes = (days * 86_400 * 1024) / 1024 ** 3;
    expect(line(bill(), 'DynamoDB', 'dynamodbPitr').quantity).toBeCloseTo(gigabytes, 6);
    expect(line(bill(), 'DynamoDB', 'dynamodbStorage').quantity).toBeCloseTo(3 * gigabytes, 6);
  });

  it('bills records of 1 KB as 5 KB in Firehose', () => {
    const gigabytes = (61.1 * 5 * MONTH) / 1_048_576;
    expect(line(bill(), 'Data Firehose', 'firehoseIngested').quantity).toBeCloseTo(gigabytes, 6);
    expect(line(bill(), 'Data Firehose', 'firehoseConversion').usd).toBeCloseTo(gigabytes * 0.018, 6);
    expect(line(bill(), 'Data Firehose', 'firehosePartitioning').quantity).toBeCloseTo(gigabytes / 5, 6);
  });

  it('bills Redshift as always active', () => {
    expect(line(bill(), 'Redshift', 'redshiftRpuHour').usd).toBeCloseTo(4 * 730 * 0.375, 6);
  });

  it('has no lines for missing parts of an environment', () => {
    const { sink: _sink, table: _table, redshift: _redshift, ...rest } = SAMPLE_DEPLOYMENT;
    const services = [...byService(bill({ ...rest, archive: [] })).keys()];
    expect(services).toEqual(['Kinesis Data Streams', 'Managed Service for Apache Flink', 'CloudWatch', 'KMS']);
  });

  it('sums up by service to the total', () => {
    const lines = bill();
    const sum = [...byService(lines).values()].reduce((all, usd) => all + usd, 0);
    expect(sum).toBeCloseTo(total(lines), 6);
  });

  it('costs more for more of anything', () => {
    const more = workload(SAMPLE_TRAFFIC, { eventsPerSecond: 2000, windowSeconds: 60 });
    expect(total(estimate(more, SAMPLE_DEPLOYMENT, SAMPLE_ASSUMPTIONS))).toBeGreaterThan(total(bill()));
  });
});
