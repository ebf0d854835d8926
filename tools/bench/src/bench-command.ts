import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { ROOT } from '@ad-analytics/setup/layout.cjs';
import { CommandError } from '@ad-analytics/command-line/errors';
import { PARTS, type PartName } from './parts';

interface BenchFlags {
  readonly report: string;
  readonly runs?: string;
  readonly beside: string;
  readonly quick?: boolean;
}

/** Sizes with which each part takes a few minutes; the runs are too short for published figures. */
const QUICK: Readonly<Record<PartName, readonly string[]>> = {
  graph: ['--events', '60000', '--rate', '200', '--parallelism', '2'],
  job: ['--events', '20000'],
  beside: ['--events', '60000', '--rate', '100'],
  state: ['--live', '10000', '--windows', '3', '--recovery-live', '20000'],
  growth: ['--events', '20000', '--rate', '200', '--users', '20000'],
  latency: ['--rate', '100', '--warm-up-seconds', '20', '--seconds', '30', '--tail-seconds', '15'],
  load: ['--rate', '250', '--warm-up-seconds', '20', '--minutes', '1', '--overload-seconds', '20'],
  generator: ['--events', '20000'],
  sink: ['--results', '2000'],
  dashboard: ['--rate', '50', '--warm-up-seconds', '10', '--seconds', '10'],
  import: ['--rows', '200000'],
};

/** @returns arguments of a part's command */
export function partArguments(part: PartName, { report, runs, beside, quick }: BenchFlags): string[] {
  const chosen = runs ?? (quick === true ? '1' : undefined);
  return [
    `bench-${part}`,
    ...(quick === true ? QUICK[part] : []),
    ...(chosen === undefined ? [] : ['--runs', chosen]),
    '--beside',
    beside,
    '--report',
    report,
  ];
}

/**
 * `bench`: runs all parts one after the other, each in a separate process, so that one does not affect the memory of another.
 * @param interrupted aborts the command
 */
export function benchCommand(interrupted: AbortSignal): Command {
  return new Command('bench')
    .description(
      `Measure everything (${PARTS.map((part) => `bench-${part}`).join(', ')}) and write the report with its figures and pictures. It takes hours; the parts can also be run alone.`,
    )
    .option('--report <folder>', 'folder of the report', path.join(ROOT, 'docs', 'benchmarks'))
    .option('--runs <n>', 'how often each thing is measured (default: that of each part)')
    .option('--beside <text>', 'what else runs on the machine, for the report', 'not said')
    .option('--quick', 'small sizes and one run, to check that everything works')
    .addHelpText('after', '\nExit code 0: all parts were measured. Others: see tools/README.md.')
    .action(async (flags: BenchFlags) => {
      mkdirSync(flags.report, { recursive: true });
      const failed: string[] = [];
      for (const part of PARTS) {
        console.error(`. Part ${PARTS.indexOf(part) + 1} of ${PARTS.length}: bench-${part}`);
        const code = await runPart(partArguments(part, flags), interrupted);
        interrupted.throwIfAborted();
        if (code !== 0) failed.push(`bench-${part} ended with exit code ${code}`);
      }
      console.log(`\n${PARTS.length - failed.length} of ${PARTS.length} parts were measured: ${flags.report}`);
      if (failed.length > 0) throw new CommandError(`${failed.join('; ')}. The lines above give the reason.`, 1);
    });
}

/** @returns its exit code. An interrupt is passed on to the process, and this waits until it ends */
async function runPart(args: readonly string[], interrupted: AbortSignal): Promise<number> {
  interrupted.throwIfAborted();
  const program = process.argv[1] ?? '';
  const child = spawn(process.execPath, [...process.execArgv, program, ...args], {
    // The IPC channel tells the part when this process is killed.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  const stop = () => child.kill('SIGTERM');
  interrupted.addEventListener('abort', stop);
  try {
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    return signal === null ? (code ?? 1) : 128 + os.constants.signals[signal];
  } finally {
    interrupted.removeEventListener('abort', stop);
  }
}
