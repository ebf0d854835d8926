import type { Findings } from '../bench-session';
import type { PreparedInput } from '../prepared-input';
import { spreadOf, spreadText } from '../spread';
import { grouped } from '@ad-analytics/command-line/progress';
import type { GeneratorPlan, GeneratorRun } from './bench-generator';
import { PROGRAMS, type ProgramName } from './programs';

const WHAT: Readonly<Record<ProgramName, string>> = {
  'bare loop': 'prepared requests of 500 records, one after the other for each stream; no retries, no counts',
  'generator: replay': 'reads the same records from files, merges them by time, and sends them with its writer',
  'generator: serve': 'simulates the traffic while it sends it, with its ground truth',
};

/** @param input what the loop and the replay send @returns the findings of the runs */
export function findings(
  plan: GeneratorPlan,
  input: Pick<PreparedInput, 'events' | 'bytes' | 'byStream'>,
  runs: readonly GeneratorRun[],
): Findings {
  const rows = PROGRAMS.map((name) => {
    const own = runs.filter(({ program }) => program === name);
    const busy = own.flatMap(({ emulatorBusy }) => emulatorBusy ?? []);
    return {
      name,
      records: own[0]?.records ?? 0,
      rate: spreadOf(own.map(({ perSecond }) => perSecond)),
      busy: busy.length === 0 ? 'not known' : `${spreadText(spreadOf(busy.map((share) => share * 100)))} %`,
    };
  });
  const [bare] = rows;
  return {
    title: 'The generator',
    settings: {
      records: input.events,
      impressions: input.byStream.impressions,
      clicks: input.byStream.clicks,
      'bytes per record': Math.round(input.bytes / input.events),
      'shards of each stream': plan.shards,
      seed: plan.seed,
      runs: plan.runs,
    },
    notes: [
      'All programs run in turns against one emulated Kinesis, each on new streams. The time is from the first record to the last acknowledgement; the start of the process is not in it.',
      'The loop and the replay send the same bytes. The loop runs in the warm process of the benchmark, the generator in a new process each time, as a user starts it.',
      'Each program has one request at a time for each stream, as the generator has to keep the order of arrival. So the emulator, one Python process, sets the rate; the last column is its CPU time during a run, the start of the generator included, as a share of one core. On AWS, a request takes longer and the shards limit the rate.',
    ],
    tables: [
      {
        title: 'Records per second',
        head: ['program', 'what it does', 'records', 'records/s', 'share of the bare loop', 'emulator busy'],
        text: ['what it does'],
        rows: rows.map(({ name, records, rate, busy }) => [
          name,
          WHAT[name],
          grouped(records),
          spreadText(rate),
          bare === undefined ? '' : `${((rate.median / bare.rate.median) * 100).toFixed(0)} %`,
          busy,
        ]),
      },
    ],
    plots: [
      {
        name: 'rate',
        title: 'Records per second',
        kind: 'bars',
        xLabel: 'program',
        yLabel: 'records/s',
        series: [
          {
            name: 'records/s',
            points: rows.map(({ name, rate }) => ({
              x: name,
              y: rate.median,
              least: rate.least,
              greatest: rate.greatest,
            })),
          },
        ],
      },
    ],
    skipped: [],
    figures: runs,
  };
}
