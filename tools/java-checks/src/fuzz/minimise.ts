import { copyFileSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { PartFailedError } from '@ad-analytics/command-line/errors';
import { foundInputs } from './fuzz';
import { type FuzzTest, committedInputs } from './fuzz-tests';
import { type JazzerEnvironment, jazzerLog, runJazzer } from './run-jazzer';

/** Names that libFuzzer gives to what it finds; other inputs have the name of their hash. */
const FINDING = /^(?:crash|timeout|oom|leak)-/;

/** Number and size of the inputs in a folder. */
export interface CorpusSize {
  readonly inputs: number;
  readonly bytes: number;
}

/** @returns number and size of the inputs of a folder, without findings */
export function corpusSize(folder: string): CorpusSize {
  const files = inputsIn(folder);
  return {
    inputs: files.length,
    bytes: files.reduce((sum, file) => sum + statSync(path.join(folder, file)).size, 0),
  };
}

const inputsIn = (folder: string) => readdirSync(folder).filter((name) => !FINDING.test(name));

/**
 * Replaces the inputs in a folder. Findings are kept.
 * @param from folder with the new inputs
 */
export function replaceInputs(folder: string, from: string): void {
  const wanted = new Set(inputsIn(from));
  for (const name of wanted) copyFileSync(path.join(from, name), path.join(folder, name));
  for (const name of inputsIn(folder)) if (!wanted.has(name)) rmSync(path.join(folder, name));
}

/**
 * Replaces the committed inputs of a test by the smallest set that reaches the same branches as all known inputs.
 * @throws PartFailedError when Jazzer fails; the committed inputs are then unchanged. The signal's reason
 */
export async function minimise(environment: JazzerEnvironment, test: FuzzTest): Promise<void> {
  const fewest = path.join(environment.folder, `${test.name}.fewest`);
  rmSync(fewest, { recursive: true, force: true });
  mkdirSync(fewest, { recursive: true });
  const found = foundInputs(environment, test);
  mkdirSync(found, { recursive: true });
  // Jazzer adds the committed inputs and those that the test makes itself. Without counters, how often a branch is taken does not count.
  const code = await runJazzer(
    environment,
    test,
    ['-merge=1', '-set_cover_merge=1', '-use_counters=0', fewest, found],
    () => {},
  );
  if (code !== 0 || inputsIn(fewest).length === 0)
    throw new PartFailedError('Jazzer', `did not minimise the inputs (exit code ${code})`, [
      jazzerLog(environment, test),
    ]);
  replaceInputs(committedInputs(environment.flink, test), fewest);
  rmSync(fewest, { recursive: true });
}
