import { ESCAPES } from './test-totals';

/** What jest, pytest, Maven, ESLint, Prettier and tsc write where something failed, and the totals of the first three. */
const FAILURES: readonly RegExp[] = [
  /^\s*● .+ › /,
  /^\s*FAIL /,
  /^(FAILED|ERROR) \S+/,
  /^\[ERROR\] +\S+\.\S+:\d+/,
  /^\[ERROR\] .*<<< (FAILURE|ERROR)!/,
  /^\[ERROR\] Tests run: .*Skipped: \d+$/,
  /^Tests: +\d+ failed/,
  /^=* ?\d+ failed.* in [\d.]+s/,
  /^\s+\d+:\d+ +error /,
  /^\[warn\] \S+/,
  /error TS\d+/,
];

/** Most lines kept of one project: the first ones lead to the cause. */
const MAX_LINES = 30;

/** Finds the lines that tell what failed in the output of many projects, each line with its project's name in front, as Nx streams it. */
export class FailureLines {
  private readonly lines = new Map<string, string[]>();

  /** @param line one of the output, without its end */
  add(line: string): void {
    const match = /^([a-z0-9-]+): ?(.*)$/.exec(line.replace(ESCAPES, ''));
    if (match === null) return;
    const [, project = '', text = ''] = match;
    if (!FAILURES.some((pattern) => pattern.test(text))) return;
    const kept = this.lines.get(project) ?? [];
    this.lines.set(project, kept);
    if (kept.length < MAX_LINES && !kept.includes(text)) kept.push(text);
  }

  /** @returns the lines kept for a project */
  of(project: string): readonly string[] {
    return this.lines.get(project) ?? [];
  }
}
