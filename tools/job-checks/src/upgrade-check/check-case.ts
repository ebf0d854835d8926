import { printLedger } from '@ad-analytics/verify/print-ledger';
import type { EarlierRules } from '@ad-analytics/verify/verify-ledger';
import { checkPseudonyms } from './check-pseudonyms';
import { isRefused } from './event-field';
import { independentLedger } from './independent-ledger';
import type { CaseContext, PastPhase } from './run-case';
import { type AlertOfWindow, separateResults } from './trial-results';
import type { UpgradeRun } from './upgrade-run';

/** The fields of an alert that are read here. */
interface Alert {
  readonly rule: string;
  readonly threshold: number;
}

/** The time of one phase: after the watermark of the one before, up to its own. */
interface Span {
  readonly from: number;
  readonly until: number;
}

/** The job emits a window when the watermark reaches its last millisecond. */
const endsIn = ({ from, until }: Span, end: number) => end - 1 > from && end - 1 <= until;

const sorted = (alerts: readonly AlertOfWindow[]) => [...new Set(alerts.map(({ key }) => key))].sort();

/**
 * Checks all that came out of the jobs of a case: what the changed applications add, and all the rest against the independent
 * computation.
 * @param past phases in their order
 * @param earlier results from before the run
 * @param nothingLate whether the traffic has no late events
 */
export async function checkCase(
  context: CaseContext,
  run: UpgradeRun,
  name: string,
  past: readonly PastPhase[],
  earlier: readonly Uint8Array[],
  nothingLate: boolean,
): Promise<void> {
  const { checks } = context;
  const spans = past.map(({ phase, until }, place) => ({ phase, until, from: past[place - 1]?.until ?? -Infinity }));
  const found = separateResults([...earlier, ...(await run.results())]);
  const withTrial = (trial: 'rule' | 'result-field') => spans.filter(({ phase }) => phase.trials?.includes(trial));
  const rule = withTrial('rule');
  if (rule.length > 0) {
    const expected = found.alike.filter(({ end }) => rule.some((span) => endsIn(span, end)));
    checks.holds(
      `${name}: the added rule has the ${sorted(expected).length} alerts of the windows that ended while it was active`,
      expected.length > 0 && JSON.stringify(sorted(found.trialAlerts)) === JSON.stringify(sorted(expected)),
      `it has ${sorted(found.trialAlerts).length}`,
    );
  } else checks.equal(`${name}: no alert of a rule that does not exist`, found.trialAlerts, []);
  const field = withTrial('result-field');
  const figures = found.figures.map(({ end, value, expected }) => ({
    has: value,
    should: field.some((span) => endsIn(span, end)) ? expected : undefined,
  }));
  const wrong = figures.filter(({ has, should }) => has !== should);
  const filled = figures.filter(({ should }) => should !== undefined).length;
  checks.holds(
    field.length === 0
      ? `${name}: no result has a field that was not added`
      : `${name}: ${filled} of ${figures.length} figures of windows have the added field with the correct value`,
    wrong.length === 0 && (filled > 0 || field.length === 0),
    `${wrong.length} figures have a wrong value or should not have the field, for example: ${JSON.stringify(wrong[0])}`,
  );
  if (spans.some(({ phase }) => phase.trials?.includes('event-field')))
    checks.equal(
      `${name}: the record that only the added event field makes invalid is rejected`,
      found.rejections.length,
      1,
    );
  if (past.some(({ phase }) => phase.pseudonyms === true))
    await checkPseudonyms(context, run, name, past, await run.results());
  else await checkIndependently(context, run, name, past, found.plain, nothingLate);
}

async function checkIndependently(
  context: CaseContext,
  run: UpgradeRun,
  name: string,
  past: readonly PastPhase[],
  results: readonly Uint8Array[],
  nothingLate: boolean,
): Promise<void> {
  const { checks } = context;
  const fraudOf = ({ phase }: PastPhase) => run.settingsWith(phase.settings ?? {}).fraud;
  const last = past.at(-1);
  if (last === undefined) throw new Error('no phase was run');
  const isChanged = past.some((phase) => JSON.stringify(fraudOf(phase)) !== JSON.stringify(fraudOf(last)));
  const earlierRules: EarlierRules[] = isChanged
    ? past.slice(0, -1).map((phase) => ({ fraud: fraudOf(phase), until: phase.until }))
    : [];
  const leftOut = past.some(({ phase }) => phase.trials?.includes('event-field')) ? isRefused : () => false;
  const ledger = await independentLedger(context, run, last.phase, results, { earlierRules, leftOut });
  const sum = (of: 'expected' | 'missing' | 'extra' | 'differing') =>
    ledger.types.reduce((total, type) => total + type[of], 0);
  checks.holds(
    `${name}: of ${sum('expected')} results ${sum('missing')} are missing, ${sum('extra')} extra, ${sum('differing')} differing`,
    ledger.agrees,
    `\n${printLedger(ledger).join('\n')}`,
  );
  // Alerts contain the threshold. Each set of thresholds must occur.
  const thresholds = new Map<unknown, number>();
  for (const line of results) {
    const { fraud_alert: alert } = JSON.parse(Buffer.from(line).toString('utf8')) as { fraud_alert?: Alert };
    if (alert?.rule.startsWith('click_velocity_'))
      thresholds.set(alert.threshold, (thresholds.get(alert.threshold) ?? 0) + 1);
  }
  const used = new Set(
    past
      .filter((phase) => fraudOf(phase).alertsEnabled.click_velocity_user)
      .map((phase) => fraudOf(phase).clickVelocityThreshold),
  );
  checks.holds(
    `${name}: alerts by threshold: ${[...thresholds].map(([threshold, alerts]) => `${alerts} with ${threshold}`).join(', ')}`,
    [...used].every((threshold) => thresholds.has(threshold)),
    `no alert with ${[...used].filter((threshold) => !thresholds.has(threshold)).join(', ')}`,
  );
  const quiet = ledger.types.filter(({ expected }) => expected === 0).map(({ recordType }) => recordType);
  const without = nothingLate ? ['late_event'] : [];
  checks.equal(`${name}: every type of result occurs${nothingLate ? ', except late events' : ''}`, quiet, without);
}
