import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The address of the running stack, for other programs: the dashboard, the generator, a benchmark. */
export interface CurrentStack {
  /** Process that holds the stack. */
  readonly pid: number;
  /** URL of the local AWS. */
  readonly endpoint: string;
  readonly region: string;
  /** Effective settings of this run. */
  readonly configFile: string;
  /** URL of Flink's REST API and web page. */
  readonly flinkRest: string;
  /** Logs and state. */
  readonly runFolder: string;
}

/** @returns path of the file below the folder of all runs */
export function currentStackFile(runRoot: string): string {
  return path.join(runRoot, 'current-stack.json');
}

/** Writes it atomically, so that a reader never sees an incomplete file. */
export function writeCurrentStack(runRoot: string, stack: CurrentStack): void {
  const file = currentStackFile(runRoot);
  mkdirSync(runRoot, { recursive: true });
  const temporary = `${file}.${stack.pid}`;
  writeFileSync(temporary, `${JSON.stringify(stack, null, 2)}\n`);
  renameSync(temporary, file);
}

/** Removes it if it still belongs to this process: another stack may have been started. */
export function removeCurrentStack(runRoot: string, pid: number): void {
  const file = currentStackFile(runRoot);
  if (!existsSync(file)) return;
  const stack = JSON.parse(readFileSync(file, 'utf8')) as CurrentStack;
  if (stack.pid === pid) rmSync(file, { force: true });
}
