import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { BOOKS_DO_NOT_BALANCE } from '@ad-analytics/command-line/exit-codes';
import { CommandError } from '@ad-analytics/command-line/errors';
import { withLocalStack } from '@ad-analytics/local-stack/stack';
import { RECORDED_SETTINGS } from '@ad-analytics/pipeline/run-recorded';
import { SHARD_FILL } from '@ad-analytics/local-stack/kinesis/skewed-keys';
import { wholeNumber } from '@ad-analytics/command-line/options';
import { type StackFlags, addStackOptions, stackOptions } from '@ad-analytics/local-stack/stack-options';
import { measureBacklog } from './measure-backlog';
import { renderMeasurement } from './measurement';

interface BenchJobFlags extends StackFlags {
  readonly events: number;
  readonly rate: number;
  readonly seed: number;
  readonly even?: boolean;
  readonly verify: boolean;
  readonly json?: string;
}

/**
 * `bench-job`: measures how fast the packaged job processes a backlog, and checks the results.
 * @param interrupted aborts the command
 */
export function benchJobCommand(interrupted: AbortSignal): Command {
  const command = new Command('bench-job')
    .description(
      `Measure the packaged job on a backlog: generate traffic with every attack and 2 % each of late, repeated, malformed and orphan records, write it to shards of very different sizes (${SHARD_FILL.join(', ')} % of the impressions), let the job process it, then compute all results independently and compare.`,
    )
    .option('--events <n>', 'records of both streams together', wholeNumber(1), 300_000)
    .option('--rate <n>', 'ordinary events per second of event time', wholeNumber(1), 200)
    .option('--seed <n>', 'seed of the traffic', wholeNumber(0), 4711)
    .option('--even', 'fill all shards alike')
    .option('--no-verify', 'only measure')
    .option('--json <file>', 'also write the figures as JSON')
    .addHelpText(
      'after',
      '\nWith --shards other than 4, --even is needed.\nExit codes: 0 measured, and all results are right; 5: they are not. Others: see tools/README.md.',
    );
  addStackOptions(command, { shards: SHARD_FILL.length, managedMemory: 1024, taskHeap: 768, checkpointSeconds: 60 });
  return command.action(async (flags: BenchJobFlags) => {
    const skewed = flags.even !== true;
    if (skewed && flags.shards !== SHARD_FILL.length)
      throw new CommandError(
        `The uneven fill needs ${SHARD_FILL.length} shards. With another --shards, also give --even.`,
        2,
      );
    const say = (line: string) => console.error(`. ${line}`);
    const options = stackOptions('bench-job', flags, { restart: 'none', onProgress: say }, RECORDED_SETTINGS);
    const plan = { events: flags.events, rate: flags.rate, seed: flags.seed, skewed };
    await withLocalStack(options, interrupted, async (stack) => {
      const folder = path.join(stack.runFolder, 'traffic');
      mkdirSync(folder, { recursive: true });
      const { measured, complete } = await measureBacklog(stack, plan, folder, {
        shards: flags.shards,
        say,
        signal: interrupted,
      });
      console.log(renderMeasurement(measured).join('\n'));
      if (flags.json !== undefined) writeFileSync(flags.json, `${JSON.stringify(measured, null, 2)}\n`);
      if (!complete) throw new CommandError('The run is not complete; see the lines above.', BOOKS_DO_NOT_BALANCE);
      if (!flags.verify) return;
      // DuckDB is a native library: the other commands need not load it.
      const [{ verifyStack }, { printLedger }, { progressLines }] = await Promise.all([
        import('@ad-analytics/verify/verify-stack'),
        import('@ad-analytics/verify/print-ledger'),
        import('@ad-analytics/verify/progress-lines'),
      ]);
      const ledger = await verifyStack(stack, interrupted, { onProgress: progressLines({ steps: true }) });
      console.log(printLedger(ledger).join('\n'));
      if (!ledger.agrees)
        throw new CommandError('The results differ from those computed from the input.', BOOKS_DO_NOT_BALANCE);
    });
  });
}
