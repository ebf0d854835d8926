import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { LocalStack } from '@ad-analytics/local-stack/stack';
import { runRecorded } from '@ad-analytics/pipeline/run-recorded';
import { summarize } from '@ad-analytics/pipeline/run-summary';
import type { CheckList } from '@ad-analytics/command-line/check-list';
import { expectationsOf } from './expectations';
import { findingsIn } from './findings';
import { recordTraffic } from './record-traffic';

const DIFFERENCES_SHOWN = 5;

/** Checks that two sorted lists of ids are the same, and names the first that differ. */
function sameIds(checks: CheckList, name: string, found: readonly string[], expected: readonly string[]): void {
  const [inFound, inExpected] = [new Set(found), new Set(expected)];
  const missing = expected.filter((id) => !inFound.has(id));
  const surplus = found.filter((id) => !inExpected.has(id));
  const some = (ids: string[]) => `${ids.length} (${ids.slice(0, DIFFERENCES_SHOWN).join(', ')})`;
  const same = found.length === expected.length && missing.length === 0 && surplus.length === 0;
  checks.holds(`${name}: ${expected.length}`, same, `missing ${some(missing)}, not expected ${some(surplus)}`);
}

/** Every kind of traffic through the packaged job, compared with what the generator says it has put in. */
export async function checkRecordedRun(stack: LocalStack, checks: CheckList, signal: AbortSignal): Promise<void> {
  const { attribution, metrics } = stack.settings;
  const folder = path.join(stack.runFolder, 'traffic');
  mkdirSync(folder, { recursive: true });
  const { files, emissions } = await recordTraffic(folder, attribution.windowSeconds);
  const results = path.join(folder, 'results.jsonl');
  const say = (line: string) => console.error(`. ${line}`);
  const run = await runRecorded(stack, { ...files, results }, { say, signal });
  const { lines, complete } = summarize(run);
  console.log(lines.join('\n'));

  const expected = expectationsOf(emissions, {
    attributionSeconds: attribution.windowSeconds,
    windowSeconds: metrics.windowSeconds,
  });
  const found = await findingsIn(results);
  checks.holds('the books balance and every result fits the contract', complete, 'see the summary above');
  for (const source of ['impression', 'click'] as const) {
    const { read: records, ...rest } = run.ledger[source];
    checks.equal(
      `${source}s: every record has the result that the generator's ground truth says`,
      { records, ...rest },
      expected[source],
    );
  }
  sameIds(checks, 'attributed clicks', found.attributed, expected.attributed);
  sameIds(checks, 'unattributed clicks', found.unattributed, expected.unattributed);
  sameIds(checks, 'late events', found.lateIds, expected.lateIds);
  checks.equal('rejected records have the bytes of the input', found.rejectedData, expected.rejectedData);
  sameIds(
    checks,
    'windows by campaign, with their impressions and clicks',
    Object.entries(found.windows).map((entry) => JSON.stringify(entry)),
    Object.entries(expected.windows).map((entry) => JSON.stringify(entry)),
  );
  checks.equal('no record_id has two contents', found.contradictions, []);
  for (const click of ['at-once', 'overtaking', 'last-ms']) {
    checks.holds(
      `the edge click "${click}" is attributed`,
      found.attributed.includes(`edge-click-${click}`),
      'it is not among the attributed clicks',
    );
  }
  for (const click of ['too-early', 'too-late']) {
    checks.holds(
      `the edge click "${click}" is not attributed`,
      found.unattributed.includes(`edge-click-${click}`),
      'it is not among the unattributed clicks',
    );
  }
}
