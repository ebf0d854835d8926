import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { Command } from 'commander';
import { withBuiltDashboard } from './build-dashboard';

/**
 * `dashboard`: builds the page from its sources, in a second or two, and runs its server with the options given.
 * @param interrupted aborts the command
 */
export function dashboardCommand(interrupted: AbortSignal): Command {
  return new Command('dashboard')
    .description(
      'Show the results of the serving table, or of a finished run (--results), on a live page. --help lists all options.',
    )
    .helpOption(false)
    .allowUnknownOption()
    .allowExcessArguments()
    .argument('[options...]', 'options of the dashboard')
    .action(async (options: readonly string[]) => {
      process.exitCode = await withBuiltDashboard(async (folder) => {
        const program = ['--enable-source-maps', path.join(folder, 'dashboard.mjs'), ...options];
        return endOf(spawn(process.execPath, program, { stdio: 'inherit' }), interrupted);
      });
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
