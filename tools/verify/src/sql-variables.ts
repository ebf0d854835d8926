import { FRAUD_RULES, INVALID_REASONS, RULE_SETTING_NAMES } from '@ad-analytics/event-schemas';
import { camelCase, type FraudSettings } from '@ad-analytics/pipeline-settings';
import type { VerifySettings } from './settings';

const MS_PER_SECOND = 1000;

/** @returns the limits of the rules: `click.velocity.threshold` has the name click_velocity_threshold */
const ruleLimits = (fraud: FraudSettings): Record<string, number> =>
  Object.fromEntries(RULE_SETTING_NAMES.map((name) => [name.replaceAll('.', '_'), fraud[camelCase(name)]]));

/**
 * @param settings of the run that is checked
 * @param hasPositions whether the input has sequence numbers and arrival times
 * @returns the variables that the SQL files read with getvariable('name'); times in milliseconds
 */
export function sqlVariables(
  settings: VerifySettings,
  hasPositions: boolean,
): Record<string, number | string | boolean> {
  const { fraud, streams } = settings;
  return {
    has_positions: hasPositions,
    impression_stream: streams.impression,
    click_stream: streams.click,
    max_out_of_orderness_ms: settings.maxOutOfOrdernessMs,
    idle_timeout_ms: settings.idleTimeoutMs,
    attribution_window_ms: settings.attributionWindowMs,
    metrics_window_ms: settings.metricsWindowMs,
    engagement_window_ms: settings.engagementWindowMs,
    engagement_slide_ms: settings.engagementSlideMs,
    too_fast_click_ms: fraud.tooFastClickMillis,
    short_window_ms: fraud.shortWindowSeconds * MS_PER_SECOND,
    short_slide_ms: fraud.shortSlideSeconds * MS_PER_SECOND,
    long_window_ms: fraud.longWindowSeconds * MS_PER_SECOND,
    long_slide_ms: fraud.longSlideSeconds * MS_PER_SECOND,
    ...ruleLimits(fraud),
    enabled_alerts: FRAUD_RULES.filter((rule) => fraud.alertsEnabled[rule]).join(),
    ...Object.fromEntries(INVALID_REASONS.map((reason) => [`${reason}_enabled`, fraud.reasonsEnabled[reason]])),
  };
}
