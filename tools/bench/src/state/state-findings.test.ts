import { isNewCount, liveImpressions, stateByOperator } from './bench-state';
import { findings } from './state-findings';

const PLAN = {
  seed: 1,
  live: 1_000,
  windows: 10,
  recoveryLive: 1_000,
  runs: 1,
  parallelism: 2,
  managedMemory: 64,
  taskHeap: 128,
  writeBuffer: 4,
  checkpointSeconds: 10,
};

describe('liveImpressions', () => {
  it('grows for one attribution window and stays then', () => {
    const input = { events: 100_000, byStream: { impressions: 90_000, clicks: 10_000 } };
    expect(liveImpressions(input, 10, 3_000)).toBe(2_700);
    expect(liveImpressions(input, 10, 6_000)).toBe(5_400);
    expect(liveImpressions(input, 10, 60_000)).toBe(5_400);
  });
});

describe('isNewCount', () => {
  it('is a count that began again', () => {
    expect(isNewCount(5_000, 5_000)).toBe(false);
    expect(isNewCount(0, 5_000)).toBe(false);
    expect(isNewCount(2_000, 5_000)).toBe(true);
  });
});

describe('stateByOperator', () => {
  it('takes the first operator of each vertex that has state', () => {
    const vertices = [
      { id: 'a', name: 'attribution -> Calc[3]' },
      { id: 'b', name: 'results: Writer' },
    ];
    expect(stateByOperator(vertices, { a: { state_size: 7 }, b: { state_size: 0 } })).toEqual({ attribution: 7 });
  });
});

describe('findings', () => {
  const point = (windows: number, stateBytes: number) => ({
    windows,
    stateBytes,
    byOperator: { attribution: stateBytes },
    liveImpressions: 1_000,
    writtenBytes: 2 ** 20,
    milliseconds: 50,
  });

  it('leaves out the first window, in which the state fills', () => {
    const runs = [[point(0.5, 10_000), point(1.5, 100_000), point(10, 150_000)]];
    const recovery = {
      liveImpressions: 1_000,
      stateBytes: 2 ** 20,
      byOperator: { sink: 500, attribution: 90_000 },
      milliseconds: 2_500,
    };
    const { tables } = findings(PLAN, runs, [recovery]);
    const rows = new Map(tables[0]?.rows.map(([name, value]) => [name, value]));
    expect(rows.get('bytes of state per live impression, at the end')).toBe('150');
    expect(rows.get('state at the end, as a multiple of that after the first window')).toBe('1.50');
    expect(rows.get('time to recover, s')).toBe('2.5');
    expect(tables[1]?.rows).toEqual([['attribution', '150.0']]);
    expect(tables[2]?.rows).toEqual([
      ['attribution', '90.0'],
      ['sink', '0.5'],
    ]);
  });
});
