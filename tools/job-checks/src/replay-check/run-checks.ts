import { createHash } from 'node:crypto';
import type { RecordType } from '@ad-analytics/event-schemas';
import type { CheckList } from '@ad-analytics/command-line/check-list';
import type { LocalStack } from '@ad-analytics/local-stack/stack';
import { loadKnownBots } from '@ad-analytics/verify/known-bots';
import type { Ledger } from '@ad-analytics/verify/ledger';
import { printLedger } from '@ad-analytics/verify/print-ledger';
import { verifySettings } from '@ad-analytics/verify/settings';
import { shardOfKey } from '@ad-analytics/local-stack/kinesis/shard-of-key';
import { streamInput, streamResults } from '@ad-analytics/verify/stream-input';
import { verifyLedger } from '@ad-analytics/verify/verify-ledger';
import { compareResults, describeDifference, describeTypes, differenceCount } from './compare-results';
import type { RecordedEvent } from './recording';
import type { ReplayRun } from './replay-run';
import type { ResultSet } from './result-set';
import { SHARD_FILL } from '@ad-analytics/local-stack/kinesis/skewed-keys';

/** Computes the results of a run from its input with batch SQL, and compares. @param watermark see VerifyOptions */
export async function verifyRun(
  stack: LocalStack,
  run: ReplayRun,
  types: readonly RecordType[],
  watermark?: number,
): Promise<Ledger> {
  const { impressions, clicks, results } = run.settings;
  return verifyLedger(
    {
      impressions: streamInput(stack.kinesis, impressions.streamName, run.signal),
      clicks: streamInput(stack.kinesis, clicks.streamName, run.signal),
    },
    streamResults(stack.kinesis, results.streamName, run.signal),
    verifySettings(run.settings),
    {
      types,
      knownBots: loadKnownBots(),
      signal: run.signal,
      ...(watermark === undefined ? {} : { watermark }),
    },
  );
}

const digest = (records: readonly (string | Uint8Array)[]) => {
  const hash = createHash('sha256');
  for (const data of records) hash.update(`${data.length} `).update(data);
  return `${records.length} records, ${hash.digest('hex').slice(0, 16)}`;
};

/** Checks that each shard of both streams holds its part of the recording in its order, because lateness depends on the order. */
async function checkInput(run: ReplayRun, recording: readonly RecordedEvent[], checks: CheckList): Promise<void> {
  for (const stream of ['impressions', 'clicks'] as const) {
    const recorded = SHARD_FILL.map((_, shard) =>
      recording
        .filter((record) => record.stream === stream && shardOfKey(record.partitionKey, SHARD_FILL.length) === shard)
        .map(({ data }) => Buffer.from(data as string)),
    );
    const found = [...(await run.input(stream)).values()];
    checks.equal(
      `${run.name}: every shard of the ${stream} contains the recording in its order`,
      found.map(digest),
      recorded.map(digest),
    );
  }
}

/**
 * Checks a run that has ended: its input, its results against an independent computation, and against those of the live run.
 * @param live results of the live run; undefined for the live run itself
 * @returns its results
 */
export async function checkRun(
  stack: LocalStack,
  run: ReplayRun,
  given: { recording: readonly RecordedEvent[]; types: readonly RecordType[]; live: ResultSet | undefined },
  checks: CheckList,
): Promise<ResultSet> {
  await checkInput(run, given.recording, checks);
  const results = await run.results();
  const repeated = results.delivered - results.byIdentity.size;
  console.log(`      ${results.delivered} results delivered, ${repeated} of them again: ${describeTypes(results)}`);
  checks.equal(`${run.name}: no record_id has two contents`, results.contradictions, []);
  if (given.live !== undefined) {
    const difference = compareResults(given.live, results);
    checks.holds(
      `${run.name}: the same ${given.live.byIdentity.size} results as live`,
      differenceCount(difference) === 0,
      describeDifference(difference),
    );
  }
  const ledger = await verifyRun(stack, run, given.types);
  checks.holds(
    `${run.name}: an independent computation gives the same records`,
    ledger.agrees,
    `\n${printLedger(ledger).join('\n')}`,
  );
  return results;
}
