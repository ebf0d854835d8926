import { type Command, Option } from 'commander';
import { wholeNumber } from '@ad-analytics/command-line/options';
import { projectEnvironment } from './environment';
import { parseOverrides } from './effective-config';
import type { StackOptions } from './stack';

/** Options of every command that starts a stack. */
export interface StackFlags {
  readonly shards: number;
  readonly parallelism: number;
  readonly managedMemory: number;
  readonly taskHeap: number;
  readonly checkpointSeconds: number;
  readonly configOverrides: Readonly<Record<string, string>>;
  readonly package?: string;
}

/**
 * Adds these options to a command.
 * @param command to add to
 * @param defaults of the command; memory in MiB
 */
export function addStackOptions(
  command: Command,
  defaults: {
    shards: number;
    parallelism?: number;
    managedMemory: number;
    taskHeap: number;
    checkpointSeconds: number;
  },
): Command {
  const count = wholeNumber(1);
  const collect = (text: string, before: Record<string, string> = {}) => ({ ...before, ...parseOverrides([text]) });
  return command
    .option('--shards <n>', 'shards of each stream', count, defaults.shards)
    .option('--parallelism <n>', 'parallel subtasks of the job', count, defaults.parallelism ?? 2)
    .option('--managed-memory <MiB>', 'memory for RocksDB', wholeNumber(64), defaults.managedMemory)
    .option('--task-heap <MiB>', "heap of Flink's operators", wholeNumber(128), defaults.taskHeap)
    .option('--checkpoint-seconds <n>', 'time between checkpoints', count, defaults.checkpointSeconds)
    .addOption(
      new Option(
        '--config-overrides <name=value,...>',
        'overrides settings of flink/kinesis-config.json for this run; can be repeated',
      )
        .argParser(collect)
        .default({}, 'none'),
    )
    .option('--package <zip>', 'application to run (default: flink/dist/ad-analytics-flink.zip)');
}

/** @returns options of a stack, from the flags and the tools of this machine */
export function stackOptions(
  name: string,
  flags: StackFlags,
  rest: Pick<StackOptions, 'restart' | 'onProgress' | 'emulator' | 'highAvailability' | 'logCredentials' | 'fastStart'>,
  overrides: Readonly<Record<string, string>> = {},
): StackOptions {
  const environment = projectEnvironment();
  return {
    name,
    runRoot: environment.runRoot,
    python: environment.python,
    java: environment.java,
    packageZip: flags.package ?? environment.packageZip,
    configFile: environment.configFile,
    overrides: { ...overrides, ...flags.configOverrides },
    shards: flags.shards,
    parallelism: flags.parallelism,
    memory: { managed: flags.managedMemory, taskHeap: flags.taskHeap },
    checkpointIntervalSeconds: flags.checkpointSeconds,
    ...rest,
  };
}
