/** An input on which a fuzz test fails. */
export interface Finding {
  /** The exception of the test, or libFuzzer's name for the failure (for example a timeout). */
  readonly cause: string;
  /** The file with the input. */
  readonly file: string;
}

/** `#2097152  pulse  cov: 345 ft: 1234 corp: 123/12Kb lim: 4096 exec/s: 12345 rss: 1234Mb`; without `cov` while nothing is covered. */
const STATUS = /^#(\d+)\s+(\w+)\s+(?:cov: (\d+) ft: (\d+) )?corp: (\d+)\//;
const EXECUTED = /^stat::number_of_executed_units:\s+(\d+)/;
const WRITTEN = /Test unit written to (.+)$/;
const CAUSE = /^== (?:Java Exception|Java Assertion Error): (.+)$|^==\d+==\s*ERROR: (.+)$/;
/** An exception with a long value is long; the log has all of it. */
const LONGEST_CAUSE = 300;

/** Reads what Jazzer prints, line by line. */
export class JazzerOutput {
  /** Inputs that were run. While Jazzer runs, this is the last number that libFuzzer printed, so the real number may be higher. */
  executions = 0;
  /** Branches of the instrumented classes that some input has reached. */
  edges = 0;
  /** Branches together with how often an input takes them. */
  features = 0;
  /** Inputs that libFuzzer keeps, each for a feature. */
  inputs = 0;
  readonly findings: Finding[] = [];
  /** When the search began, milliseconds since the epoch; undefined while Jazzer starts. */
  startedAt: number | undefined;
  private cause = 'unknown cause';

  /** @param line of standard output or standard error @param now milliseconds since the epoch */
  take(line: string, now = Date.now()): void {
    const status = STATUS.exec(line);
    if (status) {
      this.startedAt ??= now;
      const [, executions, , edges = 0, features = 0, inputs] = status;
      this.executions = Number(executions);
      [this.edges, this.features, this.inputs] = [Number(edges), Number(features), Number(inputs)];
      return;
    }
    const executed = EXECUTED.exec(line)?.[1];
    if (executed !== undefined) this.executions = Number(executed);
    const cause = CAUSE.exec(line);
    if (cause) this.cause = (cause[1] ?? cause[2] ?? '').slice(0, LONGEST_CAUSE);
    const file = WRITTEN.exec(line)?.[1];
    if (file !== undefined) this.findings.push({ cause: this.cause, file });
  }
}
