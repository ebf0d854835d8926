import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchSession, Findings } from '../bench-session';
import { withBenchStack } from '../bench-stack';
import { sampleCpu } from '../cpu-sample';
import { startDashboard } from '@ad-analytics/demo/dashboard';
import { fillTable } from '@ad-analytics/demo/demo-table';
import { generatorSpec } from '@ad-analytics/demo/generator';
import type { LocalStack } from '@ad-analytics/local-stack/stack';
import { whileJobRuns } from '@ad-analytics/pipeline/while-job-runs';
import { grouped } from '@ad-analytics/command-line/progress';
import type { StackFlags } from '@ad-analytics/local-stack/stack-options';
import { AUDIENCES, type Audience } from './audiences';
import { type Asked, type CountingProxy, askedBetween, startCountingProxy } from './counting-proxy';
import { findings } from './dashboard-findings';
import { openViewers, viewerQueries } from './viewers';

const MS_PER_SECOND = 1_000;
const CTR = 0.05;
/** Time in which the first messages of new viewers are sent. */
const SETTLE_SECONDS = 5;

/** How the dashboard is measured. */
export interface DashboardPlan extends StackFlags {
  readonly rate: number;
  readonly seed: number;
  readonly runs: number;
  readonly warmUpSeconds: number;
  /** Seconds for each number of viewers. */
  readonly seconds: number;
}

/** The cost of an audience. */
export interface DashboardRun extends Asked {
  readonly audience: Audience;
  readonly seconds: number;
  /** CPU time of the server; undefined on a system without /proc. */
  readonly cpuSeconds: number | undefined;
  /** Of all viewers together. */
  readonly messages: number;
  readonly sentBytes: number;
}

/** @returns what the dashboard asks of DynamoDB, and what it costs, for different numbers of viewers */
export async function benchDashboard(plan: DashboardPlan, session: BenchSession): Promise<Findings> {
  const runs = await withBenchStack('stack', plan, session, async (stack) => {
    const proxy = await startCountingProxy(stack.endpoint);
    try {
      return await measureAll(stack, proxy, plan, session);
    } finally {
      await proxy.close();
    }
  });
  return findings(plan, runs);
}

async function measureAll(
  stack: LocalStack,
  proxy: CountingProxy,
  plan: DashboardPlan,
  { say, signal }: BenchSession,
): Promise<DashboardRun[]> {
  const wait = (seconds: number) => sleep(seconds * MS_PER_SECOND, undefined, { signal });
  const { rate, seed, warmUpSeconds, seconds } = plan;
  const table = fillTable(stack, say);
  try {
    const job = await stack.submit();
    await job.running(signal);
    stack.parts.start(generatorSpec(stack, { rate, seed, ctr: CTR }).process);
    const dashboard = await startDashboard({ ...stack, endpoint: proxy.endpoint }, 0);
    const { pid } = dashboard.process;
    const work = async () => {
      say(`${rate} events/s; ${warmUpSeconds} s of warm-up`);
      await wait(warmUpSeconds);
      const runs: DashboardRun[] = [];
      for (let round = 1; round <= plan.runs; round += 1) {
        for (const audience of AUDIENCES) {
          const viewers = await openViewers(dashboard.url, viewerQueries(audience.viewers, audience.ownFilters));
          await Promise.race([wait(SETTLE_SECONDS), viewers.failed]);
          const mark = () => ({ asked: proxy.asked(), cpu: sampleCpu(pid).total, ...viewers.received });
          const [from, start] = [mark(), Date.now()];
          await Promise.race([wait(seconds), viewers.failed]);
          const to = mark();
          const elapsed = (Date.now() - start) / MS_PER_SECOND;
          await viewers.close();
          runs.push({
            audience,
            seconds: elapsed,
            ...askedBetween(from.asked, to.asked),
            cpuSeconds: to.cpu > 0 ? to.cpu - from.cpu : undefined,
            messages: to.messages - from.messages,
            sentBytes: to.bytes - from.bytes,
          });
          say(`${audience.viewers} viewers: ${grouped((runs.at(-1)!.requests * 60) / elapsed)} requests per minute`);
        }
      }
      return runs;
    };
    return await Promise.race([whileJobRuns(job, signal, work), table.failed]);
  } finally {
    await table.stop();
  }
}
