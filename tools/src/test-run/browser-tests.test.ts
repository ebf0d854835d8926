import { reportTotals } from './browser-tests';

const report = { numPassedTests: 11, numFailedTests: 0, numPendingTests: 2, numTodoTests: 1, numTotalTests: 14 };

describe('reportTotals', () => {
  it('reads what jest reports', () => {
    expect(reportTotals(report, true)).toEqual({ passed: 11, failed: 0, skipped: 3 });
  });

  it('lets no failure of jest itself pass unseen', () => {
    expect(reportTotals(report, false)).toEqual({ passed: 11, failed: 1, skipped: 3 });
    expect(reportTotals({ ...report, numFailedTests: 4 }, false)).toMatchObject({ failed: 4 });
  });
});
