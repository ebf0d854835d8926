import { DEFAULT_TABLE_NAME, ServingTable, createServingClient, tableReader } from '@ad-analytics/serving-table';
import { ENDLESS_RETRIES } from '@ad-analytics/event-source-mapping/mapping-settings';
import { MappingTally } from '@ad-analytics/event-source-mapping/mapping-tally';
import type { LocalStack } from '@ad-analytics/local-stack/stack';
import { runSink } from '@ad-analytics/sink/run-sink';
import { type ResultsCheck, checkResults } from './check-results';

/** The serving table of a run, filled during the run. */
export interface FilledTable {
  /** Rejects when the table can no longer be filled; never resolves. */
  readonly failed: Promise<never>;
  /**
   * Writes all records of the results stream.
   * @returns number of results that could not be written, which are in the sink's dead-letter queue
   */
  finish(): Promise<number>;
  /** Ends it immediately; resolves when no process is left. */
  stop(): Promise<void>;
}

/**
 * Starts to fill the serving table from the stack's results stream, with the bundled output sink.
 * @param stack that is running
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
  // Callers that await it see the rejection.
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
 * Computes the results again from the input streams, and compares the serving table with them, record by record.
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
