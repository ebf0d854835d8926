import { globSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '@ad-analytics/setup/layout.cjs';
import { CommandError } from '@ad-analytics/command-line/errors';
import { runProgram } from '@ad-analytics/command-line/run-program';

const CLASS_PATH_FILE = path.join('target', 'test-class-path.txt');

/**
 * Compiles the tests of flink.
 * @param flink folder of the project
 * @param interrupted ends it
 * @returns class path of its tests
 * @throws CommandError (exit code 2) when Maven cannot be started or the tests do not compile; the signal's reason
 */
export async function testClassPath(flink: string, interrupted: AbortSignal): Promise<string> {
  // Maven does not remove its copies of inputs that were deleted.
  for (const copies of globSync('target/test-classes/**/*FuzzTestInputs', { cwd: flink }))
    rmSync(path.join(flink, copies), { recursive: true });
  const { code } = await runProgram(
    process.execPath,
    [
      path.join(ROOT, 'tools', 'setup', 'with-toolchain.cjs'),
      ...['maven', '-B', '-ntp', '-q', 'test-compile', 'dependency:build-classpath'],
      `-Dmdep.outputFile=${CLASS_PATH_FILE}`,
    ],
    { cwd: flink, env: process.env, interrupted },
  );
  if (code !== 0) throw new CommandError('The tests of flink could not be compiled; see above.', 2);
  const dependencies = readFileSync(path.join(flink, CLASS_PATH_FILE), 'utf8').trim();
  const own = ['test-classes', 'classes'].map((folder) => path.join(flink, 'target', folder));
  return [...own, dependencies].join(path.delimiter);
}
