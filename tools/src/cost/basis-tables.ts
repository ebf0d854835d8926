import { RECORD_TYPES } from '@ad-analytics/event-schemas';
import type { Assumptions } from './assumptions';
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

/** @returns what was measured of each kind of record */
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

/** What each assumption is, and whether it was measured or is only a guess. */
const MEANINGS: Readonly<Record<keyof Assumptions, readonly [meaning: string, from: string]>> = {
  eventsPerKpu: [
    'events a second that a KPU keeps up with',
    'cautious: `npx nx run tools:bench-job` used 331 µs of CPU an event on one machine, 3,000 a second for each core; a KPU was not measured',
  ],
  peakFactor: ['the highest load over the average; shards and KPUs are enough for it', 'guess: `--peak`'],
  utilization: ['how full shards and KPUs may be at the peak, so that a backlog can be worked off', 'choice'],
  sinkCpuMsPerRecord: ['CPU time of the sink for a result, ms on a whole vCPU', "measured: the sink's README"],
  sinkLogBytes: ['bytes that an invocation of the sink logs', 'estimate'],
  flinkLogGb: ['GB a month that the job logs', 'guess'],
  customMetrics: ['metrics of the sink', "counted: the sink's README"],
  snapshots: ['snapshots of the job that are kept, where no schedule keeps more', 'guess'],
  stateBytesPerEventPerSecond: ['bytes of state for each event a second', 'guess'],
  parquetRatio: [
    'size of Parquet against JSON',
    'cautious: 0.06 was measured (`npx nx run tools:archive` on the results above), in larger files than Firehose makes',
  ],
  archiveMonths: ['months that the archive has been filled for', 'choice: `--archive-months`'],
  redshiftAwake: ['share of the time that Redshift works: ingestion keeps it awake', 'choice'],
};

/** @returns what is taken for granted */
export function assumptionTable(assumptions: Assumptions): Table {
  return {
    head: ['taken for granted', 'value', 'from'],
    rows: (Object.keys(MEANINGS) as (keyof Assumptions)[]).map((name) => {
      const [meaning, from] = MEANINGS[name];
      return [meaning, figure(assumptions[name]), from];
    }),
    words: ['from'],
  };
}
