import type { PreparedInput } from '../prepared-input';
import type { BesidePlan, BesideRun } from './bench-beside';
import { parsePrograms } from './bench-beside-command';
import { findings } from './beside-findings';
import { DUCKDB, PACKAGED } from './contenders';

const PLAN: BesidePlan = {
  events: 100,
  seed: 1,
  rate: 10,
  parallelism: 2,
  runs: 2,
  warmUp: 0.5,
  managedMemory: 1_024,
  taskHeap: 768,
  writeBuffer: 4,
  checkpointSeconds: 10,
};
const INPUT: PreparedInput = {
  folder: '/nowhere',
  plan: { events: 100, seed: 1, rate: 10, shards: 2 },
  events: 100,
  bytes: 30_000,
  byStream: { impressions: 95, clicks: 5 },
};
const run = (program: string, micros: number, clicks: number): BesideRun => ({
  program,
  cpuMicrosPerEvent: micros,
  eventsPerSecond: 1_000,
  figures: { 'attributed clicks': clicks },
});

describe('findings', () => {
  const runs = [run(PACKAGED, 90, 4), run(DUCKDB, 9, 4), run(PACKAGED, 110, 4), run(DUCKDB, 11, 3)];
  const { tables, skipped } = findings(PLAN, INPUT, runs, [{ what: 'Pathway join', reason: 'no wheel' }]);

  it('shows each program as a multiple of the packaged job in the same call', () => {
    const [cpu] = tables;
    expect(cpu?.rows.map((row) => [row[0], row.at(-1)])).toEqual([
      [PACKAGED, '1.00'],
      [DUCKDB, '0.10'],
    ]);
  });

  it('shows all figures of a program whose runs differ', () => {
    expect(tables[1]?.rows[0]).toEqual(['attributed clicks', '4', '4 / 3']);
  });

  it('says which programs get more events, if they were measured', () => {
    const notes = (all: readonly BesideRun[]) => findings(PLAN, INPUT, all, []).notes.join(' ');
    expect(notes([...runs, run('Yahoo benchmark', 3, 4)])).toContain('"Yahoo benchmark" 4 times as many.');
    expect(notes(runs)).not.toContain('times as many');
  });

  it('leaves the table of results out when no program has any to compare', () => {
    const alone = { ...run('parse only', 3, 0), figures: {} };
    expect(findings(PLAN, INPUT, [alone], []).tables.map(({ title }) => title)).toEqual(['CPU time']);
  });

  it('keeps what was skipped', () => {
    expect(skipped).toEqual([{ what: 'Pathway join', reason: 'no wheel' }]);
  });
});

describe('parsePrograms', () => {
  it('accepts known names and rejects others', () => {
    expect(parsePrograms(`${PACKAGED}, ${DUCKDB}`)).toEqual([PACKAGED, DUCKDB]);
    expect(() => parsePrograms('Spark')).toThrow('No such program: Spark. Known: ');
  });
});
