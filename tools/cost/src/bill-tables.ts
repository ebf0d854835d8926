import { byService } from './estimate';
import { dollars, figure, percent } from './figures';
import { priceText } from './price-text';
import { PRICES } from './prices';
import type { CostReport } from './report';
import { HOURS, SECONDS } from './cost-line';
import type { Table } from './table';

const DAY_HOURS = 24;

/** @returns the events per second of the report */
export const rate = ({ load }: CostReport) => `${figure(load.eventsPerSecond)}/s`;

/** @returns the bill of each load by service */
export function summary(reports: readonly CostReport[]): Table {
  const sums = reports.map(({ lines }) => byService(lines));
  const services = [...new Set(sums.flatMap((sum) => [...sum.keys()]))];
  const perMillion = ({ total, load }: CostReport) => dollars(total / ((load.eventsPerSecond * SECONDS) / 1e6));
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
      priceText(price),
      dollars(usd),
    ]),
    words: ['for', 'arithmetic', 'unit', 'price'],
  };
}

const upTo = (factor: number) => (Number.isFinite(factor) ? `${figure(factor)} × the average` : 'any');

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

/** @returns the writes of the table in both capacity modes */
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

/** @returns the additional cost of a second version of the job, for each load */
export function sideBySideTable(reports: readonly CostReport[]): Table {
  return {
    head: ['US dollars', ...reports.map(rate)],
    rows: [
      ['a month more', ...reports.map(({ sideBySide }) => dollars(sideBySide))],
      ['a day more', ...reports.map(({ sideBySide }) => dollars((sideBySide * DAY_HOURS) / HOURS))],
    ],
    words: [],
  };
}

/** @returns the largest savings, for each load */
export function savingsTable(reports: readonly CostReport[]): Table {
  const all = new Map<string, string>();
  // In the order of the highest load, which has the largest savings.
  for (const report of [...reports].reverse())
    for (const { name, price } of report.savings) all.set(name, all.get(name) ?? price);
  const saved = (report: CostReport, name: string) => {
    const saving = report.savings.find((one) => one.name === name);
    return saving === undefined ? '-' : `${dollars(saving.saved)} (${percent(saving.saved / report.total)})`;
  };
  return {
    head: ['change', ...reports.map((report) => `saves at ${rate(report)}`), 'what it takes'],
    rows: [...all].map(([name, price]) => [name, ...reports.map((report) => saved(report, name)), price]),
    words: ['what it takes'],
  };
}
