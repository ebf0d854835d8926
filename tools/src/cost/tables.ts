import { RECORD_TYPES } from '@ad-analytics/event-schemas';
import type { Assumptions } from './assumptions';
import { byService } from './estimate';
import { dollars, figure, percent, unitPrice } from './figures';
import type { MeasuredTraffic } from './measured-traffic';
import { PRICES, type PriceId } from './prices';
import type { CostReport } from './report';
import { kpusFor } from './services/flink';
import { shardsFor, streams } from './services/kinesis';
import { writeUnits } from './services/dynamodb';
import { allResults } from './workload';

/** A table that is printed as text or as Markdown. */
export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Columns that hold words and not figures, by their heads; the first always does. */
  readonly words: readonly string[];
}

const rate = ({ load }: CostReport) => `${figure(load.eventsPerSecond)}/s`;

/** @returns prices of a unit, tier by tier */
function tiers(id: PriceId): string {
  const { tiers: all } = PRICES[id];
  return all
    .map(({ upTo, usd }, i) => {
      if (all.length === 1) return unitPrice(usd);
      return upTo === undefined
        ? `then ${unitPrice(usd)}`
        : `${i === 0 ? '' : 'then '}${unitPrice(usd)} up to ${figure(upTo)}`;
    })
    .join(', ');
}

/** @returns the bill of each load by service */
export function summary(reports: readonly CostReport[]): Table {
  const sums = reports.map(({ lines }) => byService(lines));
  const services = [...new Set(sums.flatMap((sum) => [...sum.keys()]))];
  const perMillion = ({ total, load }: CostReport) => dollars(total / (load.eventsPerSecond * 2.628));
  return {
    head: ['US dollars a month', ...reports.map(rate)],
    rows: [
      ...services.map((service) => [service, ...sums.map((sum) => dollars(sum.get(service) ?? 0))]),
      ['**all**', ...reports.map(({ total }) => `**${dollars(total)}**`)],
      ['for a million events', ...reports.map(perMillion)],
    ],
    words: [],
  };
}

/** @returns each line of the bill with its arithmetic */
export function lines({ lines: all }: CostReport): Table {
  return {
    head: ['service', 'for', 'arithmetic', 'quantity', 'unit', 'price', 'USD a month'],
    rows: all.map(({ service, item, price, quantity, arithmetic, usd }) => [
      service,
      `${item}: ${PRICES[price].name}`,
      arithmetic,
      figure(quantity),
      PRICES[price].unit,
      tiers(price),
      dollars(usd),
    ]),
    words: ['for', 'arithmetic', 'unit', 'price'],
  };
}

/** @returns each stream in both capacity modes */
export function modes(reports: readonly CostReport[]): Table {
  return {
    head: [
      'stream',
      'events',
      'records/s',
      'shards',
      'on demand',
      'provisioned',
      'provisioned is cheaper up to a peak of',
    ],
    rows: reports.flatMap((report) =>
      report.modes.map((mode) => [
        mode.role,
        rate(report),
        figure(mode.recordsPerSecond),
        String(mode.shards),
        dollars(mode.onDemand),
        dollars(mode.provisioned),
        upTo(mode.breakEvenPeakFactor),
      ]),
    ),
    words: ['events'],
  };
}

const upTo = (factor: number) => (Number.isFinite(factor) ? `${figure(factor)} × the average` : 'any');

/** @returns the table's writes in both capacity modes */
export function tableModes(reports: readonly CostReport[]): Table {
  return {
    head: [
      'events',
      'write units/s',
      'capacity for the peak',
      'on demand',
      'provisioned',
      'provisioned is cheaper up to a peak of',
    ],
    rows: reports.map((report) => {
      const { tableModes: mode } = report;
      return [
        rate(report),
        figure(mode.unitsPerSecond),
        `${figure(mode.capacity)} WCU`,
        dollars(mode.onDemand),
        dollars(mode.provisioned),
        upTo(mode.breakEvenPeakFactor),
      ];
    }),
    words: [],
  };
}

/** @returns what would save most, for each load */
export function leverTable(reports: readonly CostReport[]): Table {
  const all = new Map<string, string>();
  // In the order of the greatest load, where most is to be saved.
  for (const report of [...reports].reverse())
    for (const { name, price } of report.levers) all.set(name, all.get(name) ?? price);
  const saved = (report: CostReport, name: string) => {
    const lever = report.levers.find((one) => one.name === name);
    return lever === undefined ? '-' : `${dollars(lever.saved)} (${percent(lever.saved / report.total)})`;
  };
  return {
    head: ['change', ...reports.map((report) => `saves at ${rate(report)}`), 'what it takes'],
    rows: [...all].map(([name, price]) => [name, ...reports.map((report) => saved(report, name)), price]),
    words: ['what it takes'],
  };
}

/** @returns what the peak needs of everything that has an end */
export function limitTable(reports: readonly CostReport[]): Table {
  const names = [...new Set([...reports].reverse().flatMap((report) => report.limits.map(({ name }) => name)))];
  const needed = (report: CostReport, name: string) => {
    const limit = report.limits.find((one) => one.name === name);
    if (limit === undefined) return '-';
    const share = limit.needed / limit.available;
    const text = `${figure(limit.needed)} (${percent(share)})`;
    return share > 1 ? `**${text}**` : text;
  };
  const first = (name: string) => reports.flatMap((report) => report.limits).find((limit) => limit.name === name);
  return {
    head: ['limit', ...reports.map((report) => `needed at ${rate(report)}`), 'there is', 'unit', 'source'],
    rows: names.map((name) => {
      const limit = first(name);
      return [
        name,
        ...reports.map((report) => needed(report, name)),
        figure(limit?.available ?? 0),
        limit?.unit ?? '',
        limit?.source ?? '',
      ];
    }),
    words: ['unit', 'source'],
  };
}

/** @returns what to do at each limit, for the greatest load */
export function beyond(reports: readonly CostReport[]): Table {
  const last = reports.at(-1);
  return {
    head: ['limit', 'when it is reached'],
    rows: (last?.limits ?? []).map(({ name, beyond: text }) => [name, text]),
    words: ['when it is reached'],
  };
}

/** @returns shards and KPUs that the peaks need */
export function capacity(reports: readonly CostReport[]): Table {
  const row = (name: string, of: (report: CostReport) => string) => [name, ...reports.map(of)];
  return {
    head: ['', ...reports.map(rate)],
    rows: [
      row('results a second, on average', ({ load }) => figure(allResults(load).perSecond)),
      ...(['impressions', 'clicks', 'results'] as const).map((role) =>
        row(`shards of ${role}`, ({ load, deployment, assumptions }) => {
          const stream = streams(load, deployment).find((one) => one.role === role);
          return stream === undefined ? '-' : String(shardsFor(stream, assumptions));
        }),
      ),
      row('KPUs of the job, without orchestration', ({ load, deployment, assumptions }) =>
        String(kpusFor(load, deployment, assumptions)),
      ),
    ],
    words: [],
  };
}

/** @returns all prices */
export function priceTable(): Table {
  return {
    head: ['price', 'unit', 'US dollars', 'as of', 'page', 'confirmed'],
    rows: Object.entries(PRICES).map(([id, { name, unit, asOf, source, confirmed }]) => [
      name,
      unit,
      tiers(id as PriceId),
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
    'guess: `npx nx run tools:bench-job` measures a machine, not a KPU; on a busy one 740 a core were seen',
  ],
  peakFactor: ['the highest load over the average; shards and KPUs are enough for it', 'guess: `--peak`'],
  utilization: ['how full shards and KPUs may be at the peak, so that a backlog can be worked off', 'choice'],
  sinkCpuMsPerRecord: ['CPU time of the sink for a result, ms on a whole vCPU', "measured: the sink's README"],
  sinkLogBytes: ['bytes that an invocation of the sink logs', 'estimate'],
  flinkLogGb: ['GB a month that the job logs', 'guess'],
  customMetrics: ['metrics of the sink', "counted: the sink's README"],
  snapshots: ['snapshots of the job that are kept', 'guess'],
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
