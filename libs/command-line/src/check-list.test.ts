import { CheckList } from './check-list';

describe('CheckList', () => {
  it('prints a line for each check and counts them', async () => {
    const lines: string[] = [];
    const checks = new CheckList((line) => lines.push(line));
    checks.equal('same', { a: [1] }, { a: [1] });
    checks.equal('other', 1, 2);
    checks.holds('true', true, 'never said');
    checks.skip('elsewhere', 'not on this system');
    await checks.part('a part', async () => {
      throw new Error('broke');
    });
    expect(lines).toEqual([
      'ok    same',
      'FAIL  other: expected 2, found 1',
      'ok    true',
      'skip  elsewhere: not on this system',
      'FAIL  a part: broke',
    ]);
    expect((['passed', 'failed', 'skipped'] as const).map((status) => checks.count(status))).toEqual([2, 2, 1]);
  });
});
