import type { Findings } from '../bench-session';
import { clusterSettings } from '../graph-options';
import { CHECKPOINTS_NOTE } from '../measure-job';
import type { PreparedInput } from '../prepared-input';
import { type Spread, spreadOf, spreadText } from '../spread';
import { grouped } from '@ad-analytics/command-line/progress';
import type { BesidePlan, BesideRun } from './bench-beside';
import { CONTENDERS, DUCKDB, PACKAGED, PATHWAY } from './contenders';
import { FIGURES, type FigureName } from './figures';

const WHAT: Readonly<Record<string, string>> = {
  ...Object.fromEntries(CONTENDERS.map(({ name, what }) => [name, what])),
  [DUCKDB]: 'the analytics of the plain SQL as one batch in memory',
  [PATHWAY]: 'the join alone, over the files at once',
};

interface Row {
  readonly name: string;
  readonly cpu: Spread;
  readonly rate: Spread;
  readonly checkpoints: Spread | undefined;
  readonly runs: readonly BesideRun[];
}

/** @param input the records that all programs read @returns the findings of the runs */
export function findings(
  plan: BesidePlan,
  input: PreparedInput,
  runs: readonly BesideRun[],
  skipped: Findings['skipped'],
): Findings {
  const rows: Row[] = [...new Set(runs.map(({ program }) => program))].map((name) => {
    const own = runs.filter(({ program }) => program === name);
    return {
      name,
      cpu: spreadOf(own.map(({ cpuMicrosPerEvent }) => cpuMicrosPerEvent)),
      rate: spreadOf(own.map(({ eventsPerSecond }) => eventsPerSecond)),
      checkpoints: spreadOfKnown(own.flatMap(({ checkpoints }) => checkpoints ?? [])),
      runs: own,
    };
  });
  const packaged = rows.find(({ name }) => name === PACKAGED)?.cpu.median;
  const measured = new Set(rows.map(({ name }) => name));
  const fast = CONTENDERS.filter(({ name, times = 1 }) => measured.has(name) && times > 1);
  const compared = rows.filter(({ runs: own }) => own.some((run) => Object.keys(run.figures).length > 0));
  return {
    title: 'Beside other programs',
    settings: {
      events: input.events,
      impressions: input.byStream.impressions,
      clicks: input.byStream.clicks,
      seed: plan.seed,
      'events per second of event time': plan.rate,
      runs: plan.runs,
      parallelism: plan.parallelism,
      'share of the warm-up': plan.warmUp,
      ...clusterSettings(plan),
    },
    notes: [
      'All programs get the same bytes, without late, repeated and malformed records: the programs treat those differently. The programs run in turns.',
      ...(fast.length === 0
        ? []
        : [
            `Because they are fast, these programs get more events of the same traffic: ${fast.map(({ name, times }) => `"${name}" ${times} times as many`).join(', ')}.`,
          ]),
      'The jobs of Flink read through the same connector with the same prepared records in the place of Kinesis, on RocksDB with the same memory and checkpoints, and write their results as JSON to the local disk. Their figures are of the steady state.',
      CHECKPOINTS_NOTE,
      'DuckDB and Pathway get all records at once, as a batch. Their figures are of the whole run, without the start of the process; they keep no state for a restart and do not wait for time to pass.',
      'What the plain SQL leaves out: duplicates, late and rejected records, unattributed clicks, the reasons for invalid clicks, and the rules known_bot, metronome, unattributed_burst and publisher_ctr_anomaly. Its score counts every click where this job counts valid ones. So it does less than this job.',
      'Compare PyFlink and Pathway, which compute the join alone, with "attribution alone". The Yahoo job lets all impressions pass its filter (19 of 20 events; in the original one of three), and its table of ads is in memory instead of in Redis. Its counts must add up to the number of impressions, otherwise its figures are missing here.',
      'The yardstick of the Yahoo job: [data Artisans](https://www.ververica.com/blog/extending-the-yahoo-streaming-benchmark) published 15 million events/s on 10 machines with 4 cores, that is 375,000 per core (2.7 µs), with the generator inside the job. Here, the job also parses the JSON of all fields.',
    ],
    tables: [
      {
        title: 'CPU time',
        head: [
          'program',
          'what it computes',
          'µs of CPU per event',
          'events/s',
          'checkpoints',
          'CPU time as a multiple of this job',
        ],
        text: ['what it computes'],
        rows: rows.map(({ name, cpu, rate, checkpoints }) => [
          name,
          WHAT[name] ?? '',
          spreadText(cpu, 1),
          spreadText(rate),
          checkpoints === undefined ? '' : spreadText(checkpoints),
          packaged === undefined ? '' : (cpu.median / packaged).toFixed(2),
        ]),
      },
      ...(compared.length === 0
        ? []
        : [
            {
              title: 'Whether the results agree',
              head: ['figure', ...compared.map(({ name }) => name)],
              rows: (Object.keys(FIGURES) as FigureName[]).map((figure) => [
                figure,
                ...compared.map(({ runs: own }) => figuresText(own.map((run) => run.figures[figure]))),
              ]),
            },
          ]),
    ],
    plots: [
      {
        name: 'cpu',
        title: 'CPU time per event',
        kind: 'bars',
        xLabel: 'program',
        yLabel: 'µs of CPU per event',
        series: [
          {
            name: 'CPU time',
            points: rows.map(({ name, cpu }) => ({ x: name, y: cpu.median, least: cpu.least, greatest: cpu.greatest })),
          },
        ],
      },
    ],
    skipped,
    figures: runs,
  };
}

function spreadOfKnown(values: readonly number[]): Spread | undefined {
  return values.length === 0 ? undefined : spreadOf(values);
}

/** @returns the figure; all figures if the runs differ; an empty text if the program does not compute it */
function figuresText(values: readonly (number | undefined)[]): string {
  return [...new Set(values.flatMap((value) => (value === undefined ? [] : [value])))].map(grouped).join(' / ');
}
