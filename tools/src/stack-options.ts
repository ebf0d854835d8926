import { type Command, InvalidArgumentError, Option } from 'commander';
import { projectEnvironment } from './environment';
import { parseOverrides } from './local-stack/effective-config';
import type { StackOptions } from './local-stack/stack';

/** What every command that starts a stack lets the user choose. */
export interface StackFlags {
  readonly shards: number;
  readonly parallelism: number;
  readonly managedMemory: number;
  readonly taskHeap: number;
  readonly checkpointSeconds: number;
  readonly configOverrides: Readonly<Record<string, string>>;
  readonly package?: string;
}

/** @returns a parser for commander: a whole number not below the least */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < least)
      throw new InvalidArgumentError(`It must be a whole number, ${least} or more.`);
    return value;
  };
}

/**
 * @param what one of the names is, for the message
 * @param known all names
 * @returns a parser for commander: names with commas between them
 */
export function knownNames(what: string, known: readonly string[]): (text: string) => string[] {
  return (text) => {
    const names = text.split(',').map((name) => name.trim());
    const unknown = names.filter((name) => !known.includes(name));
    if (unknown.length > 0)
      throw new InvalidArgumentError(`No such ${what}: ${unknown.join(', ')}. Known: ${known.join(', ')}.`);
    return names;
  };
}

/**
 * Adds these options to a command.
 * @param command to add to
 * @param defaults that suit the command; memory in MiB
 */
export function addStackOptions(
  command: Command,
  defaults: { shards: number; managedMemory: number; taskHeap: number; checkpointSeconds: number },
): Command {
  const count = wholeNumber(1);
  const collect = (text: string, before: Record<string, string> = {}) => ({ ...before, ...parseOverrides([text]) });
  return command
    .option('--shards <n>', 'shards of each stream', count, defaults.shards)
    .option('--parallelism <n>', 'parallel subtasks of the job', count, 2)
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

/** @returns options of a stack from the flags and what is found on this machine */
export function stackOptions(
  name: string,
  flags: StackFlags,
  rest: Pick<StackOptions, 'restart' | 'onProgress' | 'controlledStreams' | 'logCredentials'>,
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
