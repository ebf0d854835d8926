import { readFileSync } from 'node:fs';
import path from 'node:path';
import { withBenchCluster } from '../bench-cluster';
import type { BenchSession } from '../bench-session';
import { jobCluster } from '../job-cluster';
import { resultFiles } from '../result-files';
import { waitUntilTaken } from '../wait-until-taken';

const CLUSTER = { parallelism: 2, managedMemory: 512, taskHeap: 512, writeBuffer: 4, checkpointSeconds: 10 };
/** As in the demo. */
const RATE = 200;
const USERS = 5_000;

/** @returns JSON of each result that the packaged job writes for so many records */
export async function jobResults(events: number, seed: number, session: BenchSession): Promise<string[]> {
  const input = await session.prepare({ events, seed, rate: RATE, users: USERS, shards: CLUSTER.parallelism });
  const options = { ...(await jobCluster('results', input, CLUSTER, session)), keepResults: true };
  return withBenchCluster(options, session.signal, async ({ folder, submit }) => {
    session.say('Running the job to get results');
    const job = await submit();
    await waitUntilTaken(job, folder, input.events, { signal: session.signal });
    await job.drain(session.signal);
    return resultFiles(path.join(folder, 'results')).flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line !== ''),
    );
  });
}
