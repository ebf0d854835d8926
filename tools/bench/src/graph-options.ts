import { type Command, InvalidArgumentError } from 'commander';
import { wholeNumber } from '@ad-analytics/command-line/options';

/** The resources that a cluster gives to a job. */
export interface ClusterFlags {
  /** For each subtask, MiB: as one KPU has it for each unit of parallelism. */
  readonly managedMemory: number;
  readonly taskHeap: number;
  /** MiB. */
  readonly writeBuffer: number;
  readonly checkpointSeconds: number;
}

/** How a job on prepared records is run. */
export interface GraphFlags extends ClusterFlags {
  /** Ordinary events per second of event time. */
  readonly rate: number;
  /** Share of the events before the steady state. */
  readonly warmUp: number;
}

/** @returns the description of a cluster for the report */
export function clusterSettings({ managedMemory, taskHeap, writeBuffer, checkpointSeconds }: ClusterFlags) {
  return {
    'managed memory per subtask, MiB': managedMemory,
    'heap per subtask, MiB': taskHeap,
    "RocksDB's write buffer, MiB": writeBuffer,
    'seconds between checkpoints': checkpointSeconds,
  };
}

/** @returns a number above 0 and below 1 */
export function share(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value < 1)) throw new InvalidArgumentError('It must be a number above 0 and below 1.');
  return value;
}

/**
 * MiB. A Kinesis Processing Unit has 4 GiB: 3 GiB of heap, of which Flink takes 128 MiB, and 1 GiB of native memory. AWS does not say how
 * much of the native memory is for RocksDB; half of it is assumed, because network buffers, metaspace and threads need the rest.
 * @see {@link https://docs.aws.amazon.com/managed-flink/latest/java/how-resources.html}
 */
export const KPU_MEMORY = { managed: 512, taskHeap: 2_944 };

/** Flink's default, MiB. The managed service lets no application change it. */
const DEFAULT_WRITE_BUFFER = 64;

/** Adds the options of a cluster to a command. @param writeBuffer default, MiB */
export function addClusterOptions(command: Command, writeBuffer = DEFAULT_WRITE_BUFFER): Command {
  return command
    .option('--managed-memory <MiB>', 'memory for RocksDB, for each subtask', wholeNumber(64), KPU_MEMORY.managed)
    .option('--task-heap <MiB>', "heap of Flink's operators, for each subtask", wholeNumber(128), KPU_MEMORY.taskHeap)
    .option('--write-buffer <MiB>', 'size of a write buffer of RocksDB', wholeNumber(1), writeBuffer)
    .option('--checkpoint-seconds <n>', 'time between checkpoints', wholeNumber(1), 10);
}

/** Adds the options of a job on prepared records to a command. @param defaults that suit it */
export function addGraphOptions(
  command: Command,
  defaults: Pick<GraphFlags, 'rate' | 'warmUp'> & Partial<Pick<GraphFlags, 'writeBuffer'>> = {
    rate: 1_000,
    warmUp: 0.3,
  },
): Command {
  command
    .option('--rate <n>', 'ordinary events per second of event time', wholeNumber(1), defaults.rate)
    .option('--warm-up <share>', 'share of the events that is not measured', share, defaults.warmUp);
  return addClusterOptions(command, defaults.writeBuffer);
}
