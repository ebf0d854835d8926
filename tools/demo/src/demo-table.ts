import { DEFAULT_TABLE_NAME, ServingTable, createServingClient, tableReader } from '@ad-analytics/serving-table';
import { ENDLESS_RETRIES } from '@ad-analytics/event-source-mapping/mapping-settings';
import { MappingTally } from '@ad-analytics/event-source-mapping/mapping-tally';
import type { LocalStack } from '@ad-analytics/local-stack/stack';
import { runSink } from '@ad-analytics/sink/run-sink';
import { type ResultsCheck, checkResults } from './check-results';

/** The serving table of a run, filled while it goes on. */
export interface FilledTable {
  /** Rejects when the table can not be filled any more; never resolves. */
  readonly failed: Promise<never>;
  /**
   * Writes everything that is in the stream of results.
   * @returns how many results could never be written, and lie in the sink's dead-letter queue
   */
  finish(): Promise<number>;
  /** Ends it at once; nothing of it is left when it resolves. */
  stop(): Promise<void>;
}

/**
 * Begins to fill the serving table from the stack's stream of results, through the bundled output sink.
 * @param stack that runs
 * @param say called with each step
 */
export function fillTable(stack: LocalStack, say: (line: string) => void): FilledTable {
  const stop = new AbortController();
  const drain = new AbortController();
  const tally = new MappingTally();
  const { streamName } = stack.settings.results;
  const running = runSink(
    { ...stack, streamName },
    {
      tableName: DEFAULT_TABLE_NAME,
      settings: ENDLESS_RETRIES,
      bundle: undefined,
      say,
      observe: (event) => tally.add(event),
    },
    { stop: stop.signal, drain: drain.signal },
  );
  const failed = running.then(() => new Promise<never>(() => {}));
  // Anyone who waits for it sees the rejection.
  failed.catch(() => {});
  return {
    failed,
    finish: async () => {
      drain.abort();
      const { deadLetters } = await running;
      return deadLetters;
    },
    stop: async () => {
      stop.abort();
      await running.catch(() => {});
    },
  };
}

/**
 * Computes the results again from what lies in the input streams, and holds the serving table against them, record by record.
 * @param stack whose job has ended and whose results are all in the table
 * @param records number of records in the three streams
 */
export async function checkTable(stack: LocalStack, records: number): Promise<ResultsCheck> {
  const client = createServingClient({ region: stack.region, endpoint: stack.endpoint });
  try {
    const { tableResults } = await import('@ad-analytics/verify/table-results');
    const results = tableResults(new ServingTable(tableReader(client), DEFAULT_TABLE_NAME));
    return await checkResults(stack, records, { results });
  } finally {
    client.destroy();
  }
}
