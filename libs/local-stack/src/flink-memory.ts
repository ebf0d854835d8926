/**
 * The memory of Flink's two processes, in MiB. Every component is set explicitly, so that the JVM limits below agree with Flink's settings.
 * (Flink's start scripts compute the limits with BashJavaUtils, which needs another JVM start.)
 * Components: https://nightlies.apache.org/flink/flink-docs-release-1.20/docs/deployment/memory/mem_setup_tm/
 */
export interface FlinkMemory {
  /** Managed memory of the TaskManager, for RocksDB's caches and write buffers. */
  readonly managed: number;
  /** Heap of the operators. */
  readonly taskHeap: number;
}

const FRAMEWORK_HEAP = 128;
const FRAMEWORK_OFF_HEAP = 128;
const TASK_OFF_HEAP = 64;
const NETWORK = 128;
const METASPACE = 256;
const OVERHEAD = 192;
const JOB_MANAGER_HEAP = 512;
const JOB_MANAGER_OFF_HEAP = 128;

const mebibytes = (size: number) => `${size}m`;

/** @returns Flink settings of both processes for this memory */
export function memorySettings(memory: FlinkMemory): Record<string, string> {
  return {
    'taskmanager.memory.framework.heap.size': mebibytes(FRAMEWORK_HEAP),
    'taskmanager.memory.framework.off-heap.size': mebibytes(FRAMEWORK_OFF_HEAP),
    'taskmanager.memory.task.heap.size': mebibytes(memory.taskHeap),
    'taskmanager.memory.task.off-heap.size': mebibytes(TASK_OFF_HEAP),
    'taskmanager.memory.network.min': mebibytes(NETWORK),
    'taskmanager.memory.network.max': mebibytes(NETWORK),
    'taskmanager.memory.managed.size': mebibytes(memory.managed),
    'taskmanager.memory.jvm-metaspace.size': mebibytes(METASPACE),
    'taskmanager.memory.jvm-overhead.min': mebibytes(OVERHEAD),
    'taskmanager.memory.jvm-overhead.max': mebibytes(OVERHEAD),
    'jobmanager.memory.heap.size': mebibytes(JOB_MANAGER_HEAP),
    'jobmanager.memory.off-heap.size': mebibytes(JOB_MANAGER_OFF_HEAP),
    'jobmanager.memory.jvm-metaspace.size': mebibytes(METASPACE),
    'jobmanager.memory.jvm-overhead.min': mebibytes(OVERHEAD),
    'jobmanager.memory.jvm-overhead.max': mebibytes(OVERHEAD),
  };
}

/**
 * The JVM optimizes a method after five times as many calls as by default (5,000, 600, 15,000 and 40,000). At the start of a job, the
 * optimizing compiler takes the cores that the first results need; a hot method is still optimized after seconds.
 */
const LATE_OPTIMIZATION = [
  '-XX:Tier4InvocationThreshold=25000',
  '-XX:Tier4MinInvocationThreshold=3000',
  '-XX:Tier4CompileThreshold=75000',
  '-XX:Tier4BackEdgeThreshold=200000',
];

/**
 * @param memory limits
 * @param fastStart whether the first results matter more than the throughput of the first minute
 * @returns options of the TaskManager's JVM
 */
export function taskManagerJvmOptions(memory: FlinkMemory, fastStart: boolean): string[] {
  const heap = FRAMEWORK_HEAP + memory.taskHeap;
  const direct = FRAMEWORK_OFF_HEAP + TASK_OFF_HEAP + NETWORK;
  return [
    ...(fastStart ? LATE_OPTIMIZATION : []),
    '-XX:+UseG1GC',
    `-Xms${heap}m`,
    `-Xmx${heap}m`,
    `-XX:MaxDirectMemorySize=${direct}m`,
    `-XX:MaxMetaspaceSize=${METASPACE}m`,
  ];
}

/**
 * JVM options of a process that runs most of its code only a few times: without the optimizing compiler, which would take more CPU time
 * than it saves. On two cores, the start of the job waits for that compiler.
 */
export const WITHOUT_OPTIMIZATION: readonly string[] = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];

/** @returns options of the JobManager's JVM with its limits */
export function jobManagerJvmOptions(): string[] {
  return [...WITHOUT_OPTIMIZATION, `-Xmx${JOB_MANAGER_HEAP}m`, `-XX:MaxMetaspaceSize=${METASPACE}m`];
}
