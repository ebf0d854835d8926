import { RECORD_TYPES } from '@ad-analytics/event-schemas';
import { type Assumptions, KPU_SHARE } from './assumptions';
import { figure, percent } from './figures';
import type { MeasuredTraffic } from './measured-traffic';
import { priceText } from './price-text';
import { PRICES, type PriceId } from './prices';
import { writeUnits } from './services/dynamodb';
import type { Table } from './table';

/** @returns all prices */
export function priceTable(): Table {
  return {
    head: ['price', 'unit', 'US dollars', 'as of', 'page', 'confirmed'],
    rows: Object.entries(PRICES).map(([id, { name, unit, asOf, source, confirmed }]) => [
      name,
      unit,
      priceText(id as PriceId),
      asOf,
      source,
      confirmed ? 'yes' : '**no**',
    ]),
    words: ['unit', 'US dollars', 'as of', 'page', 'confirmed'],
  };
}

/** @returns the measured figures of each kind of record */
export function trafficTable(measured: MeasuredTraffic): Table {
  const events = measured.impressions.records + measured.clicks.records;
  const input = (name: string, { records, bytes }: MeasuredTraffic['clicks']) => [
    name,
    figure(records),
    percent(records / events),
    figure(bytes),
    '',
    '',
  ];
  return {
    head: ['records', 'number', 'for 100 events', 'bytes', 'write units', 'bytes in the table'],
    rows: [
      input('impressions', measured.impressions),
      input('clicks', measured.clicks),
      ...RECORD_TYPES.map((type) => {
        const sizes = measured.results[type];
        if (sizes.records === 0) return [type, 'not measured', '', '', '', ''];
        return [
          type,
          figure(sizes.records),
          figure((100 * sizes.records) / events),
          figure(sizes.bytes),
          figure(writeUnits({ ...sizes, perSecond: 0 })),
          figure(sizes.storedBytes.all),
        ];
      }),
    ],
    words: [],
  };
}

/** Each assumption, and whether it was measured or is a guess. */
const MEANINGS: Readonly<Record<keyof Assumptions, readonly [meaning: string, from: string]>> = {
  eventsPerKpu: [
    'events per second that a KPU can process',
    `at most ${percent(KPU_SHARE)} of the rate of [one core](benchmarks/README.md#graph), without Kinesis; not measured on a KPU`,
  ],
  peakFactor: ['ratio of the highest load to the average; shards and KPUs are sized for it', 'guess: `--peak`'],
  utilization: ['share of shards and KPUs in use at the peak; the rest can process a backlog', 'choice'],
  sinkCpuMsPerRecord: [
    'CPU time of the sink per result, in ms on a whole vCPU',
    'measured: [the sink](benchmarks/README.md#sink)',
  ],
  sinkLogBytes: ['bytes of logs per invocation of the sink', 'estimate'],
  flinkLogGb: ['GB of logs of the job per month', 'guess'],
  customMetrics: ['metrics of the sink', "counted: the sink's README"],
  snapshots: ['snapshots of the job, unless a schedule keeps more', 'guess'],
  stateBytesPerEventPerSecond: [
    'bytes of state per event per second',
    'cautious: about twice the greatest [measured state](benchmarks/README.md#state)',
  ],
  parquetRatio: [
    'size of Parquet relative to JSON',
    'cautious: measured 0.06 (`npx nx run tools:archive` on the results above), in larger files than those of Firehose',
  ],
  archiveMonths: ['months of data in the archive', 'choice: `--archive-months`'],
  redshiftAwake: ['share of the time in which Redshift is active; ingestion keeps it active', 'choice'],
};

/** @returns the assumptions of the calculation */
export function assumptionTable(assumptions: Assumptions): Table {
  return {
    head: ['assumption', 'value', 'source'],
    rows: (Object.keys(MEANINGS) as (keyof Assumptions)[]).map((name) => {
      const [meaning, from] = MEANINGS[name];
      return [meaning, figure(assumptions[name]), from];
    }),
    words: ['source'],
  };
}
