/** How many test results there are of each kind. */
export interface TestTotals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Colours and the like. */
// eslint-disable-next-line no-control-regex
export const ESCAPES = /\u001b\[[0-9;]*m/g;

/** The last match of each: a runner prints its totals at the end. */
function lastMatch(text: string, pattern: RegExp): string | undefined {
  return [...text.matchAll(pattern)].at(-1)?.[0];
}

/** @returns the number before a word in a line, 0 when the word is not in it */
function countOf(line: string, words: string): number {
  return Number(new RegExp(`(\\d+) (?:${words})`).exec(line)?.[1] ?? 0);
}

function jestTotals(text: string): TestTotals | undefined {
  const line = lastMatch(text, /^.*\bTests: +.*\d+ total$/gm);
  if (line === undefined) return undefined;
  return {
    passed: countOf(line, 'passed'),
    failed: countOf(line, 'failed'),
    skipped: countOf(line, 'skipped') + countOf(line, 'todo'),
  };
}

function pytestTotals(text: string): TestTotals | undefined {
  const line = lastMatch(text, /^.*\d+ (?:passed|failed|error|errors|skipped)\b.* in [\d.]+s.*$/gm);
  if (line === undefined) return undefined;
  return {
    passed: countOf(line, 'passed|xpassed'),
    failed: countOf(line, 'failed') + countOf(line, 'errors?'),
    skipped: countOf(line, 'skipped') + countOf(line, 'xfailed'),
  };
}

function surefireTotals(text: string): TestTotals | undefined {
  // The lines of single classes go on with the time or the class; the totals do not. Surefire and Failsafe print one each.
  const lines = text.match(/Tests run: \d+, Failures: \d+, Errors: \d+, Skipped: \d+$/gm);
  if (lines === null) return undefined;
  return addTotals(
    lines.map((line) => {
      const [run = 0, failures = 0, errors = 0, skipped = 0] = (line.match(/\d+/g) ?? []).map(Number);
      const failed = failures + errors;
      return { passed: run - failed - skipped, failed, skipped };
    }),
  );
}

/** @returns the sum */
export function addTotals(all: readonly TestTotals[]): TestTotals {
  const sum = (kind: keyof TestTotals) => all.reduce((total, one) => total + one[kind], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}

/**
 * Counts the results of one task: the test cases that its test runners (jest, pytest, Maven Surefire and Failsafe) report, or the task itself
 * as one result where it runs none.
 * @param output of the task
 * @param succeeded whether it ended well; a task that failed counts as a failure even if all its test cases passed
 */
export function taskTotals(output: string, succeeded: boolean): TestTotals {
  const text = output.replace(ESCAPES, '');
  const reported = [jestTotals(text), pytestTotals(text), surefireTotals(text)].filter((one) => one !== undefined);
  if (reported.length === 0) return { passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1, skipped: 0 };
  const totals = addTotals(reported);
  return !succeeded && totals.failed === 0 ? { ...totals, failed: 1 } : totals;
}
