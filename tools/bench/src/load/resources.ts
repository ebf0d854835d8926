import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { FlinkJob } from '@ad-analytics/local-stack/job';
import type { LocalStack } from '@ad-analytics/local-stack/stack';
import { residentMemory } from '../process-memory';

/** What the load must not make grow. The unit is part of the name of each figure in the report. */
export const RESOURCES = {
  heapBytes: 'heap in use, MiB',
  metaspaceBytes: 'metaspace in use, MiB',
  directBytes: 'direct buffers, MiB',
  taskManagerBytes: 'TaskManager, resident memory, MiB',
  jobManagerBytes: 'JobManager, resident memory, MiB',
  openFiles: 'TaskManager, open files and sockets',
  threads: 'TaskManager, threads',
  stateBytes: 'state in a checkpoint, MiB',
  checkpointMs: 'time of a checkpoint, ms',
  checkpointFiles: 'files of checkpoints',
  checkpointFileBytes: 'files of checkpoints, MiB',
  localFiles: 'local files of RocksDB and Flink',
  localFileBytes: 'local files of RocksDB and Flink, MiB',
  lagMs: 'event time behind the clock, ms',
} as const;

export type ResourceName = keyof typeof RESOURCES;

/** The resources at one moment. A figure is missing if it is not known then. */
export interface ResourceSample extends Readonly<Partial<Record<ResourceName, number>>> {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Greatest share of the time that a subtask of a source waits for the operators after it, 0 to 1. */
  readonly backPressure: number;
}

const JVM_METRICS = [
  'Status.JVM.Memory.Heap.Used',
  'Status.JVM.Memory.Metaspace.Used',
  'Status.JVM.Memory.Direct.MemoryUsed',
] as const;
const BACK_PRESSURE = 'backPressuredTimeMsPerSecond';

/** @returns number and bytes of the files below a folder; files that disappear meanwhile do not count */
export function filesBelow(folder: string): { readonly files: number; readonly bytes: number } {
  let [files, bytes] = [0, 0];
  for (const entry of entriesOf(folder)) {
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      const below = filesBelow(name);
      [files, bytes] = [files + below.files, bytes + below.bytes];
    } else {
      const size = statSync(name, { throwIfNoEntry: false })?.size;
      if (size !== undefined) [files, bytes] = [files + 1, bytes + size];
    }
  }
  return { files, bytes };
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** @returns number of open files and of threads of a process; empty where the system does not say (only Linux does) */
function handlesOf(pid: number): { openFiles?: number; threads?: number } {
  try {
    const threads = /^Threads:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    const openFiles = readdirSync(`/proc/${pid}/fd`).length;
    return { openFiles, ...(threads === undefined ? {} : { threads: Number(threads) }) };
  } catch {
    return {};
  }
}

/** @returns the figures without those that are not known */
function known(figures: Readonly<Partial<Record<ResourceName, number | undefined>>>) {
  const entries = Object.entries(figures).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Partial<Record<ResourceName, number>>;
}

/**
 * Watermark and back pressure of a job.
 * @returns `watermark`: the earliest of all operators after the sources, milliseconds since the epoch; undefined until Flink has collected it
 */
async function flowOf(job: FlinkJob): Promise<{ watermark: number | undefined; backPressure: number }> {
  const { vertices } = await job.details();
  const watermarks: number[] = [];
  let backPressure = 0;
  for (const { id, name } of vertices) {
    if (!name.startsWith('Source:')) watermarks.push(...(await job.rest.inputWatermarks(job.id, id)));
    else
      for (const { max } of await job.rest.metrics(job.id, id, [BACK_PRESSURE]))
        backPressure = Math.max(backPressure, max / 1_000);
  }
  return { watermark: watermarks.length === 0 ? undefined : Math.min(...watermarks), backPressure };
}

/** @returns how far event time is behind the clock, milliseconds; undefined until Flink has collected the watermarks */
function lagAt(at: number, watermark: number | undefined, { settings }: Pick<LocalStack, 'settings'>) {
  // The watermark is this far behind the clock of the shards.
  const behind = settings.eventTime.maxOutOfOrdernessSeconds * 1_000;
  return watermark === undefined || watermark < 0 ? undefined : at - watermark - behind;
}

/** @returns what the job and its processes use now */
export async function readResources(stack: LocalStack, job: FlinkJob): Promise<ResourceSample> {
  const { flink, runFolder } = stack;
  const [taskManager, jobManager] = [flink.taskManagerPid(), flink.jobManagerPid()];
  const [jvm, checkpoint, { watermark, backPressure }] = await Promise.all([
    flink.rest.taskManagerMetrics(JVM_METRICS),
    flink.rest.latestCheckpoint(job.id),
    flowOf(job),
  ]);
  const [heapBytes, metaspaceBytes, directBytes] = jvm ?? [];
  const checkpoints = filesBelow(path.join(runFolder, 'state', 'checkpoints'));
  const local = filesBelow(path.join(runFolder, 'tmp'));
  const at = Date.now();
  return {
    at,
    backPressure,
    ...known({
      ...{ heapBytes, metaspaceBytes, directBytes },
      taskManagerBytes: residentMemory(taskManager),
      jobManagerBytes: residentMemory(jobManager),
      ...handlesOf(taskManager),
      stateBytes: checkpoint?.state_size,
      checkpointMs: checkpoint?.end_to_end_duration,
      checkpointFiles: checkpoints.files,
      checkpointFileBytes: checkpoints.bytes,
      localFiles: local.files,
      localFileBytes: local.bytes,
      lagMs: lagAt(at, watermark, stack),
    }),
  };
}
