import path from 'node:path';
import { FRAUD_RULES, INVALID_REASONS } from '@ad-analytics/event-schemas';
import { recordLines } from '@ad-analytics/recorded-traffic';
import type { TrafficStream } from '@ad-analytics/traffic-model';
import type { CheckList } from '@ad-analytics/command-line/check-list';
import { checkIndependently } from '@ad-analytics/verify/independent-check';
import { keyOfArrival } from '@ad-analytics/local-stack/chosen-arrivals';
import type { LocalStack } from '@ad-analytics/local-stack/stack';
import type { KeyOf } from '@ad-analytics/pipeline/put-recorded';
import { runRecorded } from '@ad-analytics/pipeline/run-recorded';
import { writeRecorded } from '@ad-analytics/pipeline/write-recorded';
import { parseResult } from '@ad-analytics/result-records/parse-result';
import { START, randomRecords, randomScenarios } from './random-records';

/** Year of the arrival times of the inputs. */
const YEAR = new Date(START).getUTCFullYear();
/** Every finding must occur, because one that never occurs was not compared. */
const FINDINGS = new Set<string>([...FRAUD_RULES, ...INVALID_REASONS, 'ahead of its arrival']);

/** @returns rules of alerts and reasons of clicks in the results, and whether an event was rejected because of its chosen arrival time */
async function findingsIn(file: string): Promise<Set<string>> {
  const found = new Set<string>();
  for await (const line of recordLines(file)) {
    const parsed = parseResult(line);
    if (!('record' in parsed)) continue;
    const { record } = parsed;
    if (record.record_type === 'fraud_alert') found.add(record.fraud_alert.rule);
    if (record.record_type === 'rejected_event' && record.rejected_event.reason.includes(`arrival at ${YEAR}-`))
      found.add('ahead of its arrival');
    if (record.record_type === 'attributed_click')
      for (const reason of record.attributed_click.invalid_reasons) found.add(reason);
  }
  return found;
}

/**
 * Runs random inputs through the job and compares.
 * @param stack without a job, with SMALL_SETTINGS, whose records set their arrival times
 * @param plan `seed` and number of `scenarios`; `shards` of the streams
 * @param folder for the traffic and the results
 */
export async function checkRandomRecords(
  stack: LocalStack,
  plan: { seed: number; scenarios: number; shards: number },
  folder: string,
  checks: CheckList,
  options: { say: (line: string) => void; signal: AbortSignal },
): Promise<void> {
  const records = [...randomRecords(randomScenarios(plan))];
  const arrivals = (stream: TrafficStream) =>
    records.filter((record) => record.stream === stream).map(({ arrival }) => arrival);
  const arrivalsBySource = { impression: arrivals('impressions'), click: arrivals('clicks') };
  const files = await writeRecorded(records, folder, { onRecord: () => {}, signal: options.signal });
  const results = path.join(folder, 'results.jsonl');
  const keyOf: KeyOf = (source, { line = 0, partitionKey }) =>
    keyOfArrival(arrivalsBySource[source][line - 1] ?? NaN, partitionKey, plan.shards);
  const run = await runRecorded(stack, { ...files, results }, { ...options, keyOf });
  // The balance of the run is not checked. It counts clicks by id, and an id that occurs again after the attribution window is a separate
  // click. The sums of the independent check count events.
  checks.equal('every result fits the contract', run.results.problems, []);
  await checkIndependently(stack, checks, options.signal);
  const found = await findingsIn(results);
  checks.equal(
    'every rule and every reason occurs in the results',
    [...FINDINGS].filter((name) => !found.has(name)),
    [],
  );
}
