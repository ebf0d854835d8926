import { CommandError } from './errors';

/** Outcome of a check. */
export type CheckStatus = 'passed' | 'failed' | 'skipped';

/** Records checks, prints each immediately, and counts them. */
export class CheckList {
  private readonly outcomes: CheckStatus[] = [];
  /** The lines of the failed checks. */
  readonly failures: string[] = [];

  /** @param print called with one line for each check */
  constructor(private readonly print: (line: string) => void) {}

  /**
   * @param name statement that is true if the check passes
   * @param actual value
   * @param expected value; compared as JSON
   */
  equal(name: string, actual: unknown, expected: unknown): void {
    const [found, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
    this.holds(name, found === wanted, `expected ${wanted}, found ${found}`);
  }

  /** @param detail printed when the check fails */
  holds(name: string, condition: boolean, detail: string): void {
    this.outcomes.push(condition ? 'passed' : 'failed');
    const line = condition ? `ok    ${name}` : `FAIL  ${name}: ${detail}`;
    if (!condition) this.failures.push(line);
    this.print(line);
  }

  /** @param reason why it cannot be checked here */
  skip(name: string, reason: string): void {
    this.outcomes.push('skipped');
    this.print(`skip  ${name}: ${reason}`);
  }

  /**
   * Runs a part of the checks. An exception counts as a failed check, so that the following parts still run.
   * @param name of the part, printed if it throws
   */
  async part(name: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.holds(name, false, error instanceof Error ? error.message : String(error));
    }
  }

  /** @returns the number of checks with this outcome */
  count(status: CheckStatus): number {
    return this.outcomes.filter((outcome) => outcome === status).length;
  }
}

/** The line that {@link concludeChecks} prints, with its three counts. */
export const CONCLUSION = /^(\d+) checks passed, (\d+) failed, (\d+) skipped$/;

/**
 * Ends a command that only runs checks: prints their number.
 * @param wrong message if some checks failed
 * @param exitCode if some checks failed
 * @throws CommandError when some failed
 */
export function concludeChecks(checks: CheckList, wrong: string, exitCode = 1): void {
  const [passed, failed, skipped] = (['passed', 'failed', 'skipped'] as const).map((status) => checks.count(status));
  console.log(`${passed} checks passed, ${failed} failed, ${skipped} skipped`);
  if (failed !== 0) throw new CommandError(wrong, exitCode);
}
