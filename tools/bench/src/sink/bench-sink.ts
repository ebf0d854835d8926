import { closeSync, openSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { clientConfig, createServingClient, createServingTable } from '@ad-analytics/serving-table';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { BenchSession, Findings } from '../bench-session';
import { type BenchEmulator, withEmulator } from '../with-emulator';
import { localAwsEnvironment } from '@ad-analytics/local-stack/local-aws-environment';
import { grouped } from '@ad-analytics/command-line/progress';
import { buildSink } from '@ad-analytics/sink/build-sink';
import { DEAD_LETTER_QUEUE, ensureQueue, messagesIn } from '@ad-analytics/sink/sink-resources';
import { jobResults } from './job-results';
import { type HandlerRun, runHandler } from './run-handler';
import { countTypes, evenSample, sinkEvents } from './sink-events';
import { findings } from './sink-findings';
import { startStub } from './stub-dynamodb';
import { TABLES, type TableName } from './tables';

/** How the sink is measured. */
export interface SinkPlan {
  /** Results that the function gets. */
  readonly results: number;
  readonly batchSize: number;
  readonly seed: number;
  readonly runs: number;
}

/** One fresh process of the function. */
export interface SinkRun extends HandlerRun {
  readonly table: TableName;
}

/** Events that lead to more results than are needed, at the rate of the traffic. */
const EVENTS_FOR_A_RESULT = 2;

/** @returns what the bundled function costs for a batch and at its start */
export async function benchSink(plan: SinkPlan, session: BenchSession): Promise<Findings> {
  const all = await jobResults(plan.results * EVENTS_FOR_A_RESULT, plan.seed, session);
  const results = evenSample(all, plan.results);
  const bundle = path.join(session.folder, 'index.mjs');
  const events = path.join(session.folder, 'events.jsonl');
  await buildSink(bundle);
  const lines = sinkEvents(results, plan.batchSize).map((event) => `${JSON.stringify(event)}\n`);
  writeFileSync(events, lines.join(''));
  const runs = await withEmulator(session, (emulator) => measure(plan, bundle, events, emulator, session));
  return findings(plan, countTypes(results), runs);
}

async function measure(
  plan: SinkPlan,
  bundle: string,
  events: string,
  emulator: BenchEmulator,
  { folder, say, signal }: BenchSession,
): Promise<SinkRun[]> {
  const { endpoint, region } = emulator;
  const log = openSync(path.join(folder, 'logs', 'function.log'), 'a');
  const client = createServingClient({ region, endpoint });
  const queues = new SQSClient(clientConfig({ region, endpoint }));
  const stub = await startStub();
  const runs: SinkRun[] = [];
  try {
    const queue = await ensureQueue(queues, DEAD_LETTER_QUEUE);
    const run = (tableEndpoint: string, table: string) => {
      const env = localAwsEnvironment(region, {
        AWS_ENDPOINT_URL: tableEndpoint,
        RESULTS_TABLE: table,
        DEAD_LETTER_QUEUE_URL: queue,
        POWERTOOLS_SERVICE_NAME: 'output-sink',
        POWERTOOLS_METRICS_NAMESPACE: 'AdAnalytics',
        NODE_OPTIONS: '--enable-source-maps',
      });
      return runHandler({ bundle, events, env, log, signal });
    };
    const measured: Readonly<Record<TableName, (name: string) => Promise<HandlerRun>>> = {
      stub: (name) => run(stub.endpoint, name),
      emulator: async (name) => {
        await createServingTable(client, name);
        return run(endpoint, name);
      },
    };
    for (let round = 1; round <= plan.runs; round += 1) {
      for (const table of TABLES) {
        const figures = { table, ...(await measured[table](`bench-sink-${round}`)) };
        say(`${table}, run ${round} of ${plan.runs}: first answer after ${grouped(figures.firstAnswerMs)} ms`);
        runs.push(figures);
      }
    }
    if (stub.unknown.length > 0) throw new Error(`The stub does not know these requests: ${stub.unknown.join(', ')}`);
    const letters = await messagesIn(queues, queue);
    if (letters > 0) throw new Error(`The function sent ${letters} results to the dead-letter queue.`);
    return runs;
  } finally {
    await stub.close();
    client.destroy();
    queues.destroy();
    closeSync(log);
  }
}
