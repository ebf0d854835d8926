import { RECORD_TYPES } from '@ad-analytics/event-schemas';
import { ASSUMPTIONS, type Assumptions } from './assumptions';
import type { Deployment } from './deployment';
import type { MeasuredTraffic, ResultSizes } from './measured-traffic';

/** Round figures that can be computed by hand: 1 KB each, one result of each type for 100 records. */
const SIZES = { bytes: 1024, kilobytes: 1, fiveKilobytes: 1, putUnits: 1 };

const RESULT: ResultSizes = {
  records: 10,
  ...SIZES,
  writeUnits: { table: 1, bySubject: 1, byTime: 1 },
  storedBytes: { table: 1024, all: 3072 },
};

/** 900 impressions, 100 clicks and 10 results of each type. */
export const SAMPLE_TRAFFIC: MeasuredTraffic = {
  run: 'made up',
  seconds: 100,
  impressions: { records: 900, ...SIZES },
  clicks: { records: 100, ...SIZES },
  results: Object.fromEntries(RECORD_TYPES.map((type) => [type, RESULT])) as MeasuredTraffic['results'],
  keysInWindow: 60,
  campaignsInWindow: 6,
};

/** A deployment with everything switched on. */
export const SAMPLE_DEPLOYMENT: Deployment = {
  environment: 'sample',
  region: 'us-east-1',
  streams: { mode: 'ON_DEMAND', retentionHours: 24 },
  flink: { parallelism: 2, parallelismPerKpu: 1, autoScaling: true },
  sideBySide: false,
  sink: { memoryMb: 1769, architecture: 'arm64', batchSize: 100, batchWindowSeconds: 1, tracing: false },
  table: { pointInTimeRecovery: true },
  archive: [
    { reads: 'results', parquet: true, dynamicPartitioning: true, iceberg: false, bufferMb: 64, bufferSeconds: 60 },
  ],
  endpoints: 0,
  redshift: { baseRpu: 4 },
  observed: { alarmMetrics: 10, dashboards: 1, logRetentionDays: 30 },
  keys: 1,
};

/** Without reserve, so that the needed capacity equals the flow. */
export const SAMPLE_ASSUMPTIONS: Assumptions = { ...ASSUMPTIONS, peakFactor: 1, utilization: 1 };
