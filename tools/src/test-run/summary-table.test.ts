import { closingLine, failureList, summaryTable } from './summary-table';

describe('closingLine', () => {
  it.each([
    [{ passed: 3, failed: 0, skipped: 0 }, '3 passed, 0 failed'],
    [{ passed: 3, failed: 1, skipped: 2 }, '3 passed, 1 failed, 2 skipped'],
  ])('of %j', (totals, line) => expect(closingLine(totals)).toBe(line));
});

describe('summaryTable', () => {
  it('has a line for each part, marks what failed, and ends with the sum', () => {
    const lines = summaryTable([
      { name: 'a:test', totals: { passed: 7, failed: 0, skipped: 1 }, ms: 1_500, fromCache: true },
      { name: 'a:lint', totals: { passed: 0, failed: 1, skipped: 0 }, ms: 61_000, fromCache: false },
    ]);
    expect(lines).toHaveLength(4);
    expect(lines[1]).toMatch(/a:test .* 1\.5 s \(cached\)$/);
    expect(lines[2]).toMatch(/a:lint .*FAILED$/);
    expect(lines[3]).toBe('7 passed, 1 failed, 1 skipped');
  });
});

describe('failureList', () => {
  it('names what failed and why, and nothing else', () => {
    const row = (name: string, failed: number, failures: string[] = []) => ({
      name,
      totals: { passed: 1, failed, skipped: 0 },
      ms: 0,
      fromCache: false,
      failures,
    });
    expect(failureList([row('a:test', 1, ['FAIL b']), row('b:test', 0, ['FAIL c']), row('c:lint', 1)])).toEqual([
      'Failed: a:test',
      '  FAIL b',
      'Failed: c:lint; its output above says why',
    ]);
  });
});
