import { spawn } from 'node:child_process';
import path from 'node:path';
import { BUILT, WORKSPACE } from '../project-files';
import { UsageError } from './errors';

/** Runs a program to its end, with its output on the terminal. @returns its exit code; null: a signal ended it */
export type RunProgram = (command: string, args: readonly string[]) => Promise<number | null>;

/** Removes the variables of an outer Nx process, which would affect the inner one. */
function nxEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('NX_'));
  return { ...Object.fromEntries(own), NX_DAEMON: 'false', NX_TUI: 'false' };
}

const runHere: RunProgram = (command, args) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: WORKSPACE,
      env: nxEnvironment(),
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.once('error', reject);
    child.once('exit', resolve);
  });

/**
 * Builds the deployed artefacts with Nx, which takes unchanged ones from its cache.
 * @param run runs Nx
 * @throws {UsageError} when a build fails; it names the command that shows why
 */
export async function buildArtefacts(run: RunProgram = runHere): Promise<void> {
  const nx = path.join(WORKSPACE, 'node_modules', '.bin', 'nx');
  for (const { by } of Object.values(BUILT)) {
    const code = await run(process.execPath, [nx, 'run', by]);
    if (code !== 0) throw new UsageError(`The build of the deployed artefacts has failed. Run: npx nx run ${by}`);
  }
}
