import { rate } from './bill-tables';
import { figure, percent } from './figures';
import type { CostReport } from './report';
import { kpusFor } from './services/flink';
import { shardsFor, streams } from './services/kinesis';
import type { Table } from './table';
import { allResults } from './workload';

/** @returns the needs of the peak, for everything with a limit */
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
    head: ['limit', ...reports.map((report) => `needed at ${rate(report)}`), 'available', 'unit', 'source'],
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
    head: ['limit', 'what to do'],
    rows: (last?.limits ?? []).map(({ name, beyond: text }) => [name, text]),
    words: ['what to do'],
  };
}

/** @returns shards and KPUs that the peaks need */
export function capacity(reports: readonly CostReport[]): Table {
  const row = (name: string, of: (report: CostReport) => string) => [name, ...reports.map(of)];
  return {
    head: ['', ...reports.map(rate)],
    rows: [
      row('results per second, on average', ({ load }) => figure(allResults(load).perSecond)),
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
