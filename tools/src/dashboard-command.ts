import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { Command } from 'commander';
import { ROOT, RUN_ROOT } from '../setup/layout.cjs';

/**
 * `dashboard`: builds the page from its sources, in a second or two, and runs its server with the options given.
 * @param interrupted asks it to end
 */
export function dashboardCommand(interrupted: AbortSignal): Command {
  return new Command('dashboard')
    .description(
      'Live page of the results in the serving table, or of a finished run (--results). --help has every option.',
    )
    .helpOption(false)
    .allowUnknownOption()
    .allowExcessArguments()
    .argument('[options...]', 'those of the dashboard')
    .action(async (options: readonly string[]) => {
      await mkdir(RUN_ROOT, { recursive: true });
      // Within the project, as the program finds the local stack and the settings from there.
      const folder = await mkdtemp(path.join(RUN_ROOT, 'dashboard-'));
      try {
        await promisify(execFile)(process.execPath, [path.join(ROOT, 'apps', 'dashboard', 'build.mjs'), folder]);
        const server = spawn(
          process.execPath,
          ['--enable-source-maps', path.join(folder, 'dashboard.mjs'), ...options],
          {
            stdio: 'inherit',
          },
        );
        process.exitCode = await endOf(server, interrupted);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    });
}

/** @returns the exit code of a process that is told to end when the run is */
async function endOf(server: ChildProcess, interrupted: AbortSignal): Promise<number> {
  const stop = () => server.kill('SIGTERM');
  interrupted.addEventListener('abort', stop, { once: true });
  if (interrupted.aborted) stop();
  const [code] = (await once(server, 'exit')) as [number | null];
  return code ?? 1;
}
