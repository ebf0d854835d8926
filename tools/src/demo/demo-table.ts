import { DEFAULT_TABLE_NAME, ServingTable, createServingClient, tableReader } from '@ad-analytics/serving-table';
import type { MappingSettings } from '../event-source-mapping/mapping-settings';
import { MappingTally } from '../event-source-mapping/mapping-tally';
import type { LocalStack } from '../local-stack/stack';
import { runSink } from '../sink/run-sink';
import { tableDifferences } from './table-differences';

/** Batches that the local DynamoDB takes in a second or so; a failure of it must not give records up. */
const SETTINGS: MappingSettings = {
  batchSize: 500,
  maximumBatchingWindowInSeconds: 1,
  maximumRetryAttempts: -1,
  maximumRecordAgeInSeconds: -1,
  bisectBatchOnFunctionError: true,
  reportBatchItemFailures: true,
  startingPosition: 'TRIM_HORIZON',
};

/** The serving table of a demo, filled while it runs. */
export interface DemoTable {
  /** Rejects when the table can not be filled any more; never resolves. */
  readonly failed: Promise<never>;
  /**
   * Writes everything that is in the stream of results, and counts what is in the table.
   * @param expected how many results of each type there are
   * @returns differences in words; none when the table has as many of each type
   */
  finish(expected: Readonly<Record<string, number>>): Promise<readonly string[]>;
  /** Ends it at once; nothing of it is left when it resolves. */
  stop(): Promise<void>;
}

async function countByType(stack: LocalStack): Promise<Record<string, number>> {
  const client = createServingClient({ region: stack.region, endpoint: stack.endpoint });
  try {
    const counts: Record<string, number> = {};
    for await (const { record_type: type } of new ServingTable(tableReader(client), DEFAULT_TABLE_NAME).allRecords()) {
      counts[type] = (counts[type] ?? 0) + 1;
    }
    return counts;
  } finally {
    client.destroy();
  }
}

/**
 * Begins to fill the serving table from the stack's stream of results, through the bundled output sink.
 * @param stack that runs
 * @param say told each step
 */
export function fillTable(stack: LocalStack, say: (line: string) => void): DemoTable {
  const stop = new AbortController();
  const drain = new AbortController();
  const tally = new MappingTally();
  const { streamName } = stack.settings.results;
  const running = runSink(
    { ...stack, streamName },
    { tableName: DEFAULT_TABLE_NAME, settings: SETTINGS, bundle: undefined, say, observe: (event) => tally.add(event) },
    { stop: stop.signal, drain: drain.signal },
  );
  const failed = running.then(() => new Promise<never>(() => {}));
  // Whoever waits for it sees the rejection.
  failed.catch(() => {});
  return {
    failed,
    finish: async (expected) => {
      drain.abort();
      const { deadLetters } = await running;
      const found = await countByType(stack);
      const unwritten = deadLetters > 0 ? [`${deadLetters} results are in the dead-letter queue of the sink`] : [];
      return [...tableDifferences(expected, found), ...unwritten];
    },
    stop: async () => {
      stop.abort();
      await running.catch(() => {});
    },
  };
}
