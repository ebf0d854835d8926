import { type BacklogFigures, findings } from './job-findings';

function run(cpuMicrosPerEvent: number): BacklogFigures {
  return {
    events: 3_000,
    eventsByShard: { impression: [2_000, 700], click: [200, 100] },
    results: 9_000,
    steady: {
      events: 2_100,
      seconds: 1,
      cpuMicrosPerEvent,
      eventsPerSecond: 2_100,
      threads: [
        { name: 'attribution ->', micros: 20 },
        { name: 'rocksdb:high', micros: 3 },
        { name: 'rocksdb:low', micros: 4 },
        { name: 'Source: clicks', micros: 0.1 },
      ],
      peakMemory: 1500 * 2 ** 20,
    },
    whole: { cpuMicrosPerEvent: 200, seconds: 2.2, secondsAfterTheLastRecord: 0.7 },
  };
}

const table = (found: ReturnType<typeof findings>) =>
  new Map(found.tables[0]?.rows.map(([name, value]) => [name, value]));

describe('findings of the job', () => {
  it('show the median of the runs, and the results that were verified', () => {
    const figures = table(
      findings(
        {},
        [run(90), run(110), run(95)],
        [1, 2, 3].map(() => ({ expected: 9_000, wrong: 0 })),
        [],
      ),
    );
    expect(figures.get('µs of CPU per event, steady state')).toBe('95.0 (90.0 to 110.0)');
    expect(figures.get('results that verify expects')).toMatch(/^9,000/);
    expect(figures.get('of them missing or differing, and extra results')).toMatch(/^0/);
    expect(figures.get('peak memory of the TaskManager, MiB')).toMatch(/^1,500/);
  });

  it('say if the results were not verified', () => {
    const found = findings({}, [run(90)], undefined, []);
    expect(found.notes).toContain('The results were not verified.');
    expect(table(found).has('results that verify expects')).toBe(false);
  });

  it('add up the threads of a component, and leave small ones out of the chart', () => {
    const found = findings({}, [run(90)], undefined, []);
    expect(found.tables[2]?.rows).toEqual([
      ['attribution ->', '20.0'],
      ['RocksDB: background', '7.0'],
      ['Source: clicks', '0.1'],
    ]);
    expect(found.plots[0]?.series[0]?.points.map(({ x }) => x)).toEqual(['attribution ->', 'RocksDB: background']);
  });

  it('show the records of each shard', () => {
    expect(findings({}, [run(90)], undefined, []).tables[1]?.rows).toEqual([
      ['impressions', '2,000', '700'],
      ['clicks', '200', '100'],
    ]);
  });
});
