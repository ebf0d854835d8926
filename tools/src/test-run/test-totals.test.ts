import { taskTotals } from './test-totals';

describe('taskTotals', () => {
  it.each([
    ['jest', 'Tests:       1 failed, 2 skipped, 124 passed, 127 total', { passed: 124, failed: 1, skipped: 2 }],
    [
      'jest in colour',
      '\u001b[1mTests:       \u001b[22m\u001b[1m\u001b[32m9 passed\u001b[39m\u001b[22m, 9 total',
      { passed: 9, failed: 0, skipped: 0 },
    ],
    ['jest behind a prefix', 'tools: Tests:       9 passed, 9 total', { passed: 9, failed: 0, skipped: 0 }],
    ['pytest', '==== 2 failed, 52 passed, 1 skipped, 3 warnings in 3.21s ====', { passed: 52, failed: 2, skipped: 1 }],
    ['pytest -q with an error', '3 passed, 1 error in 0.10s', { passed: 3, failed: 1, skipped: 0 }],
    [
      'Maven Surefire',
      '[INFO] Tests run: 5, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.2 s -- in a.B\n[INFO] Tests run: 64, Failures: 1, Errors: 2, Skipped: 3',
      { passed: 58, failed: 3, skipped: 3 },
    ],
  ])('reads the totals of %s', (_, text, totals) => {
    expect(taskTotals(`before\n${text}\nafter\n`, totals.failed === 0)).toEqual(totals);
  });

  it('adds up the unit tests and the integration tests of Maven', () => {
    const text = [
      'Tests run: 671, Failures: 0, Errors: 0, Skipped: 1',
      'Tests run: 20, Failures: 0, Errors: 0, Skipped: 0',
    ];
    expect(taskTotals(text.map((line) => `[INFO] ${line}\n`).join(''), true)).toEqual({
      passed: 690,
      failed: 0,
      skipped: 1,
    });
  });

  it('adds up two runners of one task', () => {
    const text = '4 passed in 0.1s\nTests run: 2, Failures: 0, Errors: 0, Skipped: 0\n';
    expect(taskTotals(text, true)).toEqual({ passed: 6, failed: 0, skipped: 0 });
  });

  it('counts a task without tests as one result', () => {
    expect(taskTotals('All matched files use Prettier code style!', true)).toEqual({
      passed: 1,
      failed: 0,
      skipped: 0,
    });
    expect(taskTotals('error TS2322', false)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('lets no task fail unseen whose tests have passed', () => {
    expect(taskTotals('Tests:       9 passed, 9 total\ncannot write coverage', false)).toMatchObject({ failed: 1 });
  });
});
