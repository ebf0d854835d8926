import { z } from 'zod';
import { priceSchema, type Price } from './price';

/** The region whose list prices these are. */
export const PRICE_REGION = 'us-east-1';

const KINESIS = 'Amazon Kinesis Data Streams pricing';
const FLINK = 'Amazon Managed Service for Apache Flink pricing';
const LAMBDA = 'AWS Lambda pricing';
const DYNAMODB = 'Amazon DynamoDB pricing';
const FIREHOSE = 'Amazon Data Firehose pricing';
const S3 = 'Amazon S3 pricing';
const CLOUDWATCH = 'Amazon CloudWatch pricing';
const PRIVATELINK = 'AWS PrivateLink pricing';
const REDSHIFT = 'Amazon Redshift pricing';

/** A price that does not depend on the quantity. */
const flat = (usd: number): Price['tiers'] => [{ usd }];
const MILLION = 1e6;
/** Gigabytes of AWS's terabyte. */
const TB = 1024;

const DATA = {
  kinesisStreamHour: {
    name: 'on-demand stream',
    unit: 'stream-hour',
    tiers: flat(0.04),
    source: KINESIS,
    asOf: '2024-07',
    confirmed: true,
  },
  kinesisDataIn: {
    name: 'on-demand data in',
    unit: 'GB',
    tiers: flat(0.08),
    source: KINESIS,
    asOf: '2024-07',
    confirmed: true,
  },
  kinesisDataOut: {
    name: 'on-demand data out',
    unit: 'GB',
    tiers: flat(0.04),
    source: KINESIS,
    asOf: '2024-07',
    confirmed: true,
  },
  kinesisAdvantageIn: {
    name: 'On-demand Advantage, data in',
    unit: 'GB',
    tiers: flat(0.032),
    source: KINESIS,
    asOf: '2025-11',
    confirmed: true,
  },
  kinesisAdvantageOut: {
    name: 'On-demand Advantage, data out',
    unit: 'GB',
    tiers: flat(0.016),
    source: KINESIS,
    asOf: '2025-11',
    confirmed: true,
  },
  kinesisOnDemandRetention: {
    name: 'on-demand, stored 24 hours to 7 days',
    unit: 'GB-month',
    tiers: flat(0.1),
    source: KINESIS,
    asOf: '2024-07',
    confirmed: true,
  },
  kinesisLongRetention: {
    name: 'stored beyond 7 days',
    unit: 'GB-month',
    tiers: flat(0.023),
    source: KINESIS,
    asOf: '2024-07',
    confirmed: true,
  },
  kinesisShardHour: {
    name: 'provisioned shard',
    unit: 'shard-hour',
    tiers: flat(0.015),
    source: KINESIS,
    asOf: '2024-07',
    confirmed: true,
  },
  kinesisPutUnit: {
    name: 'provisioned PUT payload unit of 25 KB',
    unit: 'unit',
    tiers: flat(0.014 / MILLION),
    source: KINESIS,
    asOf: '2024-07',
    confirmed: true,
  },
  kinesisShardRetention: {
    name: 'provisioned, kept 24 hours to 7 days',
    unit: 'shard-hour',
    tiers: flat(0.02),
    source: KINESIS,
    asOf: '2024-07',
    confirmed: true,
  },
  flinkKpuHour: {
    name: 'Kinesis Processing Unit (1 vCPU, 4 GB)',
    unit: 'KPU-hour',
    tiers: flat(0.11),
    source: FLINK,
    asOf: '2025-01',
    confirmed: true,
  },
  flinkRunningStorage: {
    name: 'running application storage',
    unit: 'GB-month',
    tiers: flat(0.1),
    source: FLINK,
    asOf: '2025-01',
    confirmed: true,
  },
  flinkBackup: {
    name: 'durable application backups (snapshots)',
    unit: 'GB-month',
    tiers: flat(0.023),
    source: FLINK,
    asOf: '2025-01',
    confirmed: true,
  },
  lambdaRequest: {
    name: 'request',
    unit: 'request',
    tiers: flat(0.2 / MILLION),
    source: LAMBDA,
    asOf: '2024-07',
    confirmed: true,
  },
  lambdaArmSecond: {
    name: 'duration, arm64',
    unit: 'GB-second',
    tiers: [{ upTo: 7.5e9, usd: 0.0000133334 }, { upTo: 18.75e9, usd: 0.0000120001 }, { usd: 0.0000106667 }],
    source: LAMBDA,
    asOf: '2024-07',
    confirmed: true,
  },
  lambdaX86Second: {
    name: 'duration, x86_64',
    unit: 'GB-second',
    tiers: [{ upTo: 6e9, usd: 0.0000166667 }, { upTo: 15e9, usd: 0.000015 }, { usd: 0.0000133334 }],
    source: LAMBDA,
    asOf: '2024-07',
    confirmed: true,
  },
  dynamodbWrite: {
    name: 'on-demand write request unit (1 KB)',
    unit: 'WRU',
    tiers: flat(0.625 / MILLION),
    source: DYNAMODB,
    asOf: '2025-07',
    confirmed: true,
  },
  dynamodbRead: {
    name: 'on-demand read request unit (4 KB)',
    unit: 'RRU',
    tiers: flat(0.125 / MILLION),
    source: DYNAMODB,
    asOf: '2025-07',
    confirmed: true,
  },
  dynamodbWriteHour: {
    name: 'provisioned write capacity unit',
    unit: 'WCU-hour',
    tiers: flat(0.00065),
    source: DYNAMODB,
    asOf: '2024-11',
    confirmed: true,
  },
  dynamodbStorage: {
    name: 'storage, Standard class (the free 25 GB not taken off)',
    unit: 'GB-month',
    tiers: flat(0.25),
    source: DYNAMODB,
    asOf: '2024-11',
    confirmed: true,
  },
  dynamodbPitr: {
    name: 'point-in-time recovery',
    unit: 'GB-month',
    tiers: flat(0.2),
    source: DYNAMODB,
    asOf: '2024-11',
    confirmed: true,
  },
  firehoseIngested: {
    name: 'ingested from Kinesis, each record rounded up to 5 KB',
    unit: 'GB',
    tiers: [{ upTo: 500 * TB, usd: 0.029 }, { upTo: 2000 * TB, usd: 0.025 }, { usd: 0.02 }],
    source: FIREHOSE,
    asOf: '2025-01',
    confirmed: true,
  },
  firehoseConversion: {
    name: 'format conversion, of the GB ingested',
    unit: 'GB',
    tiers: flat(0.018),
    source: FIREHOSE,
    asOf: '2025-01',
    confirmed: true,
  },
  firehosePartitioning: {
    name: 'dynamic partitioning, of the GB delivered',
    unit: 'GB',
    tiers: flat(0.02),
    source: FIREHOSE,
    asOf: '2025-01',
    confirmed: true,
  },
  firehosePartitionObject: {
    name: 'dynamic partitioning, objects delivered',
    unit: 'object',
    tiers: flat(0.005 / 1000),
    source: FIREHOSE,
    asOf: '2025-01',
    confirmed: true,
  },
  firehoseIceberg: {
    name: 'written to Iceberg tables, without rounding',
    unit: 'GB',
    tiers: flat(0.075),
    source: FIREHOSE,
    asOf: '2026-11',
    confirmed: false,
  },
  s3Storage: {
    name: 'storage, Standard class',
    unit: 'GB-month',
    tiers: [{ upTo: 50 * TB, usd: 0.023 }, { upTo: 500 * TB, usd: 0.022 }, { usd: 0.021 }],
    source: S3,
    asOf: '2024-07',
    confirmed: true,
  },
  s3Put: {
    name: 'PUT request',
    unit: 'request',
    tiers: flat(0.005 / 1000),
    source: S3,
    asOf: '2024-07',
    confirmed: true,
  },
  cloudwatchLogs: {
    name: 'logs, ingested',
    unit: 'GB',
    tiers: flat(0.5),
    source: CLOUDWATCH,
    asOf: '2024-07',
    confirmed: true,
  },
  cloudwatchLogStorage: {
    name: 'logs, stored',
    unit: 'GB-month',
    tiers: flat(0.03),
    source: CLOUDWATCH,
    asOf: '2024-07',
    confirmed: true,
  },
  cloudwatchMetric: {
    name: 'custom metric',
    unit: 'metric-month',
    tiers: [{ upTo: 10_000, usd: 0.3 }, { upTo: 250_000, usd: 0.1 }, { upTo: MILLION, usd: 0.05 }, { usd: 0.02 }],
    source: CLOUDWATCH,
    asOf: '2024-07',
    confirmed: true,
  },
  cloudwatchAlarm: {
    name: 'alarm of standard resolution, for each metric it looks at',
    unit: 'alarm metric-month',
    tiers: flat(0.1),
    source: CLOUDWATCH,
    asOf: '2024-07',
    confirmed: true,
  },
  cloudwatchDashboard: {
    name: 'dashboard',
    unit: 'dashboard-month',
    tiers: flat(3),
    source: CLOUDWATCH,
    asOf: '2024-07',
    confirmed: true,
  },
  xrayTrace: {
    name: 'trace recorded',
    unit: 'trace',
    tiers: flat(5 / MILLION),
    source: 'AWS X-Ray pricing',
    asOf: '2024-07',
    confirmed: false,
  },
  kmsKey: {
    name: 'customer managed key',
    unit: 'key-month',
    tiers: flat(1),
    source: 'AWS Key Management Service pricing',
    asOf: '2024-07',
    confirmed: true,
  },
  kmsRequest: {
    name: 'request',
    unit: 'request',
    tiers: flat(0.03 / 10_000),
    source: 'AWS Key Management Service pricing',
    asOf: '2024-07',
    confirmed: true,
  },
  endpointHour: {
    name: 'interface endpoint, for each zone',
    unit: 'endpoint-hour',
    tiers: flat(0.01),
    source: PRIVATELINK,
    asOf: '2026-11',
    confirmed: false,
  },
  endpointData: {
    name: 'data through interface endpoints',
    unit: 'GB',
    tiers: [{ upTo: 1024 * TB, usd: 0.01 }, { upTo: 5 * 1024 * TB, usd: 0.006 }, { usd: 0.004 }],
    source: PRIVATELINK,
    asOf: '2026-11',
    confirmed: true,
  },
  stepTransition: {
    name: 'state transition of a standard workflow (the free 4,000 not taken off)',
    unit: 'transition',
    tiers: flat(0.025 / 1000),
    source: 'AWS Step Functions pricing',
    asOf: '2026-11',
    confirmed: true,
  },
  redshiftRpuHour: {
    name: 'Redshift Serverless processing unit',
    unit: 'RPU-hour',
    tiers: flat(0.375),
    source: REDSHIFT,
    asOf: '2026-05',
    confirmed: true,
  },
  redshiftStorage: {
    name: 'managed storage',
    unit: 'GB-month',
    tiers: flat(0.024),
    source: REDSHIFT,
    asOf: '2026-05',
    confirmed: true,
  },
} as const satisfies Record<string, Price>;

/** Name of a price in {@link PRICES}. */
export type PriceId = keyof typeof DATA;

/**
 * All prices of the calculator. For confirmed values, `asOf` is the date of the statement. List prices change rarely, but are not updated
 * automatically: compare with AWS's page before you rely on one.
 */
export const PRICES: Readonly<Record<PriceId, Price>> = z
  .record(z.enum(Object.keys(DATA) as [PriceId, ...PriceId[]]), priceSchema)
  .parse(DATA);
