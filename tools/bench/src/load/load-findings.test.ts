import { sample } from '@ad-analytics/result-records/sample-results';
import type { Ledger } from '@ad-analytics/verify/ledger';
import type { LoadPlan, LoadRun } from './bench-load';
import { ClickLatencies } from './click-latencies';
import { findings } from './load-findings';
import type { ResourceSample } from './resources';

const START = Date.parse('2026-11-23T10:00:00.000Z');
const MINUTE = 60_000;
const MIB = 2 ** 20;
const LOAD = { from: START, to: START + 4 * MINUTE };
const OVERLOAD = { from: LOAD.to, to: LOAD.to + MINUTE };

const PLAN: LoadPlan = {
  ...{ rate: 1_000, seed: 1, runs: 1, warmUpSeconds: 60, minutes: 4, overloadSeconds: 60 },
  ...{ shards: 2, parallelism: 2, managedMemory: 512, taskHeap: 512, checkpointSeconds: 10, configOverrides: {} },
};
const LEDGER = {
  types: [{ expected: 10, missing: 0, extra: 0, differing: 0, repeated: 1 }],
  agrees: true,
} as unknown as Ledger;

/** A sample every ten seconds from the start of the load to the end of the recovery. */
function samples(of: (minute: number) => Omit<ResourceSample, 'at' | 'backPressure'>): ResourceSample[] {
  return Array.from({ length: 40 }, (_, i) => {
    const minute = i / 6;
    return { at: START + i * 10_000, backPressure: minute >= 4 && minute < 5 ? 0.5 : 0, ...of(minute) };
  });
}

/** A click in each second, whose result arrives so many milliseconds later. */
function clicks(delay: (second: number) => number): ClickLatencies {
  const latencies = new ClickLatencies();
  for (let second = 0; second < 800; second += 1) {
    const at = START + second * 1_000;
    const record = { ...sample.attributedClick(`c-${second}`), event_time: new Date(at).toISOString() };
    latencies.add(record, at + delay(second));
    latencies.add(record, at + 99_000);
  }
  return latencies;
}

const run = (of: Parameters<typeof samples>[0], delay: (second: number) => number = () => 6_000): LoadRun => ({
  ...{ load: LOAD, overload: OVERLOAD, recoveryMs: 30_000, recoveredLagMs: 1_100 },
  ...{ completedCheckpoints: 30, failedCheckpoints: 0 },
  ...{ samples: samples(of), clicks: clicks(delay), events: 250_000, ledger: LEDGER },
});

const rowsOf = (measured: LoadRun, table: number) =>
  new Map(findings(PLAN, [measured]).tables[table]?.rows.map(([name, ...values]) => [name, values]));

describe('findings', () => {
  it('shows what grew, in the unit of its name', () => {
    const rows = rowsOf(
      run((minute) => ({ taskManagerBytes: 1_000 * MIB, stateBytes: (10 + 10 * minute) * MIB, lagMs: 100 })),
      0,
    );
    expect(rows.get('TaskManager, resident memory, MiB')).toEqual(['1,000.0', '1,000.0', 'no']);
    expect(rows.get('state in a checkpoint, MiB')).toEqual(['14.2', '44.2', 'yes, in 1 of 1 runs']);
  });

  it('shows whether results arrive later', () => {
    const slower = run(
      () => ({ lagMs: 100 }),
      (second) => 6_000 + second * 10,
    );
    expect(rowsOf(slower, 0).get('attributed click, p50 of a minute, ms')).toEqual([
      '6,290',
      '8,090',
      'yes, in 1 of 1 runs',
    ]);
  });

  it('does not take one stall for growth, but shows it', () => {
    const plan = {
      load: { from: START, to: START + 12 * MINUTE },
      overload: { from: START + 12 * MINUTE, to: START + 13 * MINUTE },
    };
    const stalled = {
      ...run(
        () => ({ lagMs: 100 }),
        (second) => (second >= 600 && second < 610 ? 14_000 : 6_000),
      ),
      ...plan,
    };
    const rows = rowsOf(stalled, 0);
    expect(rows.get('attributed click, p99 of a minute, ms')).toEqual(['6,000', '6,000', 'no']);
    expect(rows.get('attributed click, p99 of the slowest minute, ms')).toEqual(['6,000', '14,000', 'not compared']);
  });

  it('shows lag, back pressure and recovery of the overload, and the results', () => {
    const overloaded = run((minute) => ({ lagMs: minute >= 4 ? 45_000 : 100 }));
    const rows = rowsOf(overloaded, 1);
    expect(rows.get('greatest lag, s')).toEqual(['45.0']);
    expect(rows.get('greatest share of time in which a source waits for the next operators, %')).toEqual(['50']);
    expect(rows.get('time to recover, s')).toEqual(['30']);
    const results = rowsOf(overloaded, 2);
    expect(results.get('results expected')).toEqual(['10']);
    expect(results.get('results missing')).toEqual(['0']);
    expect(results.get('completed checkpoints')).toEqual(['30']);
  });

  it('names the resources that are not known', () => {
    const { skipped } = findings(PLAN, [run(() => ({ lagMs: 100 }))]);
    expect(skipped.map(({ what }) => what)).toContain('TaskManager, threads');
  });
});
