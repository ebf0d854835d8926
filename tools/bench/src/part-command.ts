import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { checkFolderOf } from '@ad-analytics/command-line/output-file';
import { JobFailedError } from '@ad-analytics/command-line/errors';
import { wholeNumber } from '@ad-analytics/command-line/options';
import { type BenchSession, type Findings, measurePart, startSession } from './bench-session';
import type { Skipped } from './part-result';
import type { PartName } from './parts';
import { printPart } from './report';
import { writeReport } from './write-report';

/** What every part lets the user choose. */
export interface PartFlags {
  readonly runs: number;
  readonly seed: number;
  readonly beside: string;
  readonly json?: string;
  readonly report?: string;
}

/** A part of the benchmarks as a command. */
export interface Part<F extends PartFlags> {
  readonly name: PartName;
  readonly description: string;
  /** How often each thing is measured where the user does not say. */
  readonly runs: number;
  /** Adds the part's own options. */
  readonly options: (command: Command) => Command;
  readonly measure: (flags: F, session: BenchSession) => Promise<Findings>;
}

/** @param args of the command @returns the command that measures the same again; where to write and what else ran are left out */
export function commandToRepeat(name: string, args: readonly string[]): string {
  const leftOut = new Set(['--beside', '--report', '--json']);
  const sizes = args.filter((word, i) => word !== '--' && !leftOut.has(word) && !leftOut.has(args[i - 1] ?? ''));
  const quoted = sizes.map((word) => (word.includes(' ') ? `"${word}"` : word));
  return [`npx nx run tools:${name}`, ...(quoted.length === 0 ? [] : ['--', ...quoted])].join(' ');
}

/**
 * @param part what to measure
 * @param interrupted ends it
 * @returns the command `bench-<part>`
 */
export function partCommand<F extends PartFlags>(part: Part<F>, interrupted: AbortSignal): Command {
  const name = `bench-${part.name}`;
  const command = part
    .options(new Command(name))
    .description(part.description)
    .option('--runs <n>', 'how often each thing is measured', wholeNumber(1), part.runs)
    .option('--seed <n>', 'seed of the traffic', wholeNumber(0), 4711)
    .option('--beside <text>', 'what else runs on the machine, for the report', 'not said')
    .option('--json <file>', 'also write the figures as JSON')
    .option('--report <folder>', 'write the figures and their pictures there, and the report of all parts in it')
    .addHelpText('after', '\nExit code 0: measured. Others: see tools/README.md.');
  return command.action(async (flags: F) => {
    if (flags.json !== undefined) checkFolderOf('--json', flags.json);
    if (flags.report !== undefined) checkFolderOf('--report', flags.report);
    const call = commandToRepeat(name, process.argv.slice(3));
    const measured = await measurePart(startSession(name, interrupted), part.name, call, flags.beside, (session) =>
      part.measure(flags, session),
    );
    console.log(printPart(measured).join('\n'));
    if (flags.json !== undefined) writeFileSync(flags.json, `${JSON.stringify(measured, null, 2)}\n`);
    if (flags.report !== undefined) console.log(`\nWritten: ${await writeReport(flags.report, measured)}`);
    throwIfAnyFailed(measured.skipped);
  });
}

/**
 * @param skipped what a part could not measure
 * @throws JobFailedError that names what failed
 */
export function throwIfAnyFailed(skipped: readonly Skipped[]): void {
  const failed = skipped.filter((one) => one.failed === true).map(({ what }) => what);
  if (failed.length > 0) throw new JobFailedError(`These failed, and are not in the figures: ${failed.join(', ')}.`);
}
