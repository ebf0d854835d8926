import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describeProgress, describeTallies, missingIn, readTallies } from './simulation-report';

const tally = (operators: string, schedules: number) => ({
  operators,
  schedules,
  events: 1_234,
  checkpoints: 5,
  restarts: 3,
  rescales: 2,
  hours: 10.6,
});

describe('report of the simulations', () => {
  it('reads a file for each simulation, and shows each and the sum', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'simulation-'));
    try {
      writeFileSync(path.join(folder, 'b.json'), JSON.stringify(tally('user-windows', 25)));
      writeFileSync(path.join(folder, 'a.json'), JSON.stringify(tally('address-windows', 26)));
      expect(describeTallies(readTallies(folder))).toEqual([
        'operators        schedules  events  checkpoints  restarts  rescales  hours',
        'address-windows         26   1,234            5         3         2     11',
        'user-windows            25   1,234            5         3         2     11',
        'all                     51   2,468           10         6         4     21',
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('shows the progress of a run', () => {
    expect(describeProgress([], 50)).toBe('0 of 50 schedules, 0 simulated hours');
    expect(describeProgress([tally('a', 25), tally('b', 1_000)], 5_000)).toBe(
      '1,025 of 5,000 schedules, 21 simulated hours',
    );
  });

  it('names what is missing', () => {
    const plan = { simulations: 1, schedulesEach: 25 };
    expect(missingIn([], plan)).toBe('0 of 1 simulations reported');
    expect(missingIn([tally('a', 24)], plan)).toBe('a: 24 of 25 schedules ran');
    expect(missingIn([tally('a', 25)], plan)).toBeUndefined();
  });
});
