import { once } from 'node:events';
import { createWriteStream, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { runProgram } from '@ad-analytics/command-line/run-program';
import type { FuzzTest } from './fuzz-tests';

const JVM_OPTIONS = [
  '-Xmx1g',
  // Findings are distinguished by their stack traces.
  '-XX:-OmitStackTraceInFastThrow',
];

/** How to start Jazzer. */
export interface JazzerEnvironment {
  /** Java program. */
  readonly java: string;
  /** Of the tests of flink, see testClassPath. */
  readonly classPath: string;
  /** Folder of flink: Jazzer writes findings below it. */
  readonly flink: string;
  /** Folder for the log and for temporary files. */
  readonly folder: string;
  readonly interrupted: AbortSignal;
}

/** @returns file with everything that Jazzer printed when it last ran a test */
export const jazzerLog = ({ folder }: JazzerEnvironment, test: FuzzTest) => path.join(folder, `${test.name}.log`);

/**
 * Runs Jazzer on one fuzz test.
 * @param args options of libFuzzer and folders of inputs
 * @param onLine takes each line that it prints
 * @returns its exit code; null if a signal ended it
 * @throws CommandError when it cannot be started; the signal's reason
 */
export async function runJazzer(
  environment: JazzerEnvironment,
  test: FuzzTest,
  args: readonly string[],
  onLine: (line: string) => void,
): Promise<number | null> {
  const { java, classPath, flink, folder, interrupted } = environment;
  const temporary = path.join(folder, `${test.name}.tmp`);
  mkdirSync(temporary, { recursive: true });
  const log = createWriteStream(jazzerLog(environment, test));
  try {
    const { code } = await runProgram(
      java,
      [
        ...JVM_OPTIONS,
        `-Djava.io.tmpdir=${temporary}`,
        ...['-cp', classPath, 'com.code_intelligence.jazzer.Jazzer'],
        '--hooks=true',
        `--target_class=${test.testClass}`,
        `--target_method=${test.method}`,
        `--instrument=${test.instrumented.join(',')}`,
        ...args,
      ],
      {
        cwd: flink,
        env: { ...process.env, TMPDIR: temporary },
        interrupted,
        onLine: (line) => {
          log.write(`${line}\n`);
          onLine(line);
        },
      },
    );
    return code;
  } finally {
    log.end();
    await once(log, 'close');
    // Jazzer leaves some of them when it is interrupted.
    rmSync(temporary, { recursive: true, force: true });
  }
}
