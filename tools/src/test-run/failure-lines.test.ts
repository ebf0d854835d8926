import { FailureLines } from './failure-lines';

function linesOf(project: string, lines: readonly string[]): readonly string[] {
  const failures = new FailureLines();
  lines.forEach((line) => failures.add(line));
  return failures.of(project);
}

describe('FailureLines', () => {
  it.each([
    '  ● any id › keeps its plane',
    'FAIL libs/any-text/src/any-id.test.ts',
    'FAILED tests/application_test.py::test_sql_keeps_no_state - AssertionError',
    '[ERROR] adanalytics.event.EventParserProperties.agreesOnMutatedFixtures -- Time elapsed: 0.8 s <<< FAILURE!',
    '[ERROR]   EventParserProperties.agreesOnMutatedFixtures:56->agrees:92 [{"impression_id":"imp-1"}',
    '[ERROR] Tests run: 1348, Failures: 1, Errors: 0, Skipped: 3',
    'Tests:       1 failed, 3 passed, 4 total',
    '=================== 1 failed, 168 passed in 150.23s (0:02:30) ===================',
    '  12:3  error  Unexpected any  @typescript-eslint/no-explicit-any',
    '[warn] eslint.config.mjs',
    'src/main.ts(3,1): error TS2304: Cannot find name.',
  ])('keeps %j', (line) => {
    expect(linesOf('any-text', [`any-text: ${line}`])).toEqual([line]);
  });

  it('reads through colours', () => {
    expect(linesOf('tools', ['tools: \u001b[1m\u001b[31m  ● \u001b[22ma › b\u001b[39m'])).toEqual(['  ● a › b']);
  });

  it('leaves out other lines and other projects, and says nothing twice', () => {
    const lines = ['tools: ok', 'tools: FAIL a', 'tools: FAIL a', 'flink: FAIL b', 'FAIL without a project'];
    expect(linesOf('tools', lines)).toEqual(['FAIL a']);
  });

  it('keeps the first lines of very many', () => {
    const lines = Array.from({ length: 1_000 }, (_, i) => `tools: FAIL ${i}`);
    expect(linesOf('tools', lines)).toHaveLength(30);
    expect(linesOf('tools', lines)[0]).toBe('FAIL 0');
  });
});
