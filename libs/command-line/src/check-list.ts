import { CommandError } from './errors';

/** How one check ended. */
export type CheckStatus = 'passed' | 'failed' | 'skipped';

/** Runs checks one after the other, tells each at once, and counts them. */
export class CheckList {
  private readonly outcomes: CheckStatus[] = [];
  /** The lines of the checks that failed. */
  readonly failures: string[] = [];

  /** @param print takes one line for each check */
  constructor(private readonly print: (line: string) => void) {}

  /**
   * @param name what holds if the check passes
   * @param actual what was found
   * @param expected what it must be; compared as JSON
   */
  equal(name: string, actual: unknown, expected: unknown): void {
    const [found, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
    this.holds(name, found === wanted, `expected ${wanted}, found ${found}`);
  }

  /** @param detail said when it does not hold */
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
   * Runs a part of the checks; what it throws is a failed check, so that the parts after it still run.
   * @param name what could not be done if it throws
   */
  async part(name: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.holds(name, false, error instanceof Error ? error.message : String(error));
    }
  }

  /** @returns how many checks ended so */
  count(status: CheckStatus): number {
    return this.outcomes.filter((outcome) => outcome === status).length;
  }
}

/** The line that {@link concludeChecks} prints, with its three counts. */
export const CONCLUSION = /^(\d+) checks passed, (\d+) failed, (\d+) skipped$/;

/**
 * The end of a command that is nothing but checks: says how many there were.
 * @param wrong said when some failed
 * @param exitCode when some failed
 * @throws CommandError when some failed
 */
export function concludeChecks(checks: CheckList, wrong: string, exitCode = 1): void {
  const [passed, failed, skipped] = (['passed', 'failed', 'skipped'] as const).map((status) => checks.count(status));
  console.log(`${passed} checks passed, ${failed} failed, ${skipped} skipped`);
  if (failed !== 0) throw new CommandError(wrong, exitCode);
}
