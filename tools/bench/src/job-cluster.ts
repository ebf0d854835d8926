import path from 'node:path';
import type { BenchClusterOptions } from './bench-cluster';
import type { BenchSession } from './bench-session';
import type { ClusterFlags } from './graph-options';
import type { PreparedInput } from './prepared-input';

/**
 * @param name of the cluster's folder in that of the session
 * @param input what its job reads
 * @param plan memory of each subtask, and how many there are
 * @returns a cluster for the packaged job
 */
export async function jobCluster(
  name: string,
  input: PreparedInput,
  plan: ClusterFlags & { readonly parallelism: number },
  session: BenchSession,
): Promise<BenchClusterOptions> {
  const { parallelism, managedMemory, taskHeap, writeBuffer, checkpointSeconds } = plan;
  return {
    environment: session.environment,
    folder: path.join(session.folder, name),
    input,
    application: await session.application(),
    parallelism,
    memory: { managed: managedMemory * parallelism, taskHeap: taskHeap * parallelism },
    writeBuffer,
    checkpointSeconds,
  };
}
