import { parseResult } from '@ad-analytics/result-records/parse-result';
import { TRIAL_EVENT_FIELD, TRIAL_FIELD, TRIAL_RULE } from './changed-application';

/** An alert without its rule and threshold. */
export interface AlertOfWindow {
  /** Actor, window and observed number; distinguishes it from the other alerts of a rule. */
  readonly key: string;
  /** End of its window, milliseconds since the epoch. */
  readonly end: number;
}

/** Results without the additions of a changed application, and these additions. */
export interface SeparatedResults {
  /** Results as the unchanged application writes them. */
  readonly plain: readonly Uint8Array[];
  /** Alerts of the added rule. */
  readonly trialAlerts: readonly AlertOfWindow[];
  /** Alerts of the rules that the added rule repeats. */
  readonly alike: readonly AlertOfWindow[];
  /** All figures of a campaign's window. `value` is the added field; undefined if the record lacks it. */
  readonly figures: readonly { readonly end: number; readonly value: unknown; readonly expected: number }[];
  /** Reasons of the records that were rejected because of the added event field. */
  readonly rejections: readonly string[];
}

interface Alert {
  readonly rule: string;
  readonly actor_type: string;
  readonly actor_id: string;
  readonly window_start: string;
  readonly window_end: string;
  readonly observed: number;
}

const alertOf = ({ actor_type, actor_id, window_start, window_end, observed }: Alert): AlertOfWindow => ({
  key: [actor_type, actor_id, window_start, window_end, observed].join(' '),
  end: Date.parse(window_end),
});

/**
 * @param lines records as delivered
 * @throws Error for one that is not a result of the contract
 */
export function separateResults(lines: Iterable<Uint8Array>): SeparatedResults {
  const plain: Uint8Array[] = [];
  const alike: AlertOfWindow[] = [];
  const trialAlerts: AlertOfWindow[] = [];
  const figures: { end: number; value: unknown; expected: number }[] = [];
  const rejections: string[] = [];
  for (const bytes of lines) {
    const text = Buffer.from(bytes).toString('utf8');
    const value = JSON.parse(text) as { record_type: string; [type: string]: unknown };
    const alert = value['fraud_alert'] as Alert | undefined;
    if (alert?.rule === TRIAL_RULE) {
      trialAlerts.push(alertOf(alert));
      continue;
    }
    const parsed = parseResult(bytes);
    if ('problem' in parsed) throw new Error(`not a result of the contract (${parsed.problem}): ${text}`);
    if (alert?.rule.startsWith('click_velocity_')) alike.push(alertOf(alert));
    const rejected = value['rejected_event'] as { reason: string } | undefined;
    if (rejected?.reason.includes(TRIAL_EVENT_FIELD)) {
      rejections.push(rejected.reason);
      continue;
    }
    const metrics = value['campaign_metrics'] as Record<string, unknown> | undefined;
    if (metrics === undefined) {
      plain.push(bytes);
      continue;
    }
    const { [TRIAL_FIELD]: added, ...others } = metrics;
    const expected = Number(others['impressions']) + Number(others['clicks']);
    figures.push({ end: Date.parse(String(others['window_end'])), value: added, expected });
    plain.push(added === undefined ? bytes : Buffer.from(JSON.stringify({ ...value, campaign_metrics: others })));
  }
  return { plain, alike, trialAlerts, figures, rejections };
}
