import { total } from './cost-line';
import { dollars, figure, percent } from './figures';
import { PRICES, PRICE_REGION } from './prices';
import type { CostReport } from './report';
import { assumptionTable } from './basis-tables';
import { modes, tableModes } from './bill-tables';
import { limitTable } from './limit-tables';
import type { Table } from './table';

const plain = (text: string) => text.replaceAll('**', '');

/** @returns the table in columns; words to the left, figures to the right */
export function columns({ head, rows, words }: Table): string[] {
  const all = [head, ...rows].map((row) => row.map(plain));
  const widths = head.map((_, i) => Math.max(...all.map((row) => (row[i] ?? '').length)));
  return all.map((row) =>
    `  ${row
      .map((cell, i) =>
        i === 0 || words.includes(head[i] ?? '') ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0),
      )
      .join('  ')}`.trimEnd(),
  );
}

/** @returns the bill: each service with its lines */
function bill({ lines }: CostReport): string[] {
  const services = [...new Set(lines.map(({ service }) => service))];
  return services.flatMap((service) => {
    const own = lines.filter((line) => line.service === service);
    return [
      '',
      `${service}: ${dollars(total(own))}`,
      ...columns({
        head: ['for', 'arithmetic', 'quantity', 'unit', 'USD'],
        rows: own.map(({ item, price, arithmetic, quantity, usd }) => [
          `${item}: ${PRICES[price].name}`,
          arithmetic,
          figure(quantity),
          PRICES[price].unit,
          dollars(usd),
        ]),
        words: ['arithmetic', 'unit'],
      }).slice(1),
    ];
  });
}

/**
 * @param report what was computed
 * @returns lines for a terminal
 */
export function printText(report: CostReport): string[] {
  const { load, deployment } = report;
  const dates = Object.values(PRICES).map(({ asOf }) => asOf);
  const unconfirmed = Object.values(PRICES).filter(({ confirmed }) => !confirmed);
  const [oldest, newest] = [dates.reduce((a, b) => (a < b ? a : b)), dates.reduce((a, b) => (a > b ? a : b))];
  return [
    `Cost of ${deployment.environment} at ${figure(load.eventsPerSecond)} events/s: ${dollars(report.total)} a month (730 h).`,
    `List prices of ${PRICE_REGION} as of ${oldest} to ${newest}, without taxes, discounts and free tiers; all are in docs/cost-details.md.`,
    ...(deployment.region === PRICE_REGION ? [] : [`The environment is in ${deployment.region}, where prices differ.`]),
    ...unconfirmed.map(({ name, source }) => `Not confirmed: ${name} (${source}).`),
    ...bill(report),
    '',
    'What would save most, each alone',
    ...columns({
      head: ['change', 'saves', 'what it takes'],
      rows: report.savings
        .slice(0, 6)
        .map(({ name, saved, price }) => [name, `${dollars(saved)} (${percent(saved / report.total)})`, price]),
      words: ['what it takes'],
    }),
    '',
    'On demand or provisioned',
    ...columns(modes([report])),
    '',
    'The table on demand or provisioned, for its writes',
    ...columns(tableModes([report])),
    '',
    'What the peak needs',
    ...columns(limitTable([report])),
    '',
    'Assumptions',
    ...columns(assumptionTable(report.assumptions)),
  ];
}
