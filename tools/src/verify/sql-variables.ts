import { FRAUD_RULES, INVALID_REASONS } from '@ad-analytics/event-schemas';
import type { VerifySettings } from './settings';

const MS_PER_SECOND = 1000;

/**
 * @param settings of the run that is checked
 * @param hasPositions whether the input has sequence numbers and arrival times
 * @returns what the SQL files read with getvariable('name'); times in milliseconds
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
    click_velocity_threshold: fraud.clickVelocityThreshold,
    impression_flood_ip_threshold: fraud.impressionFloodIpThreshold,
    impression_flood_user_threshold: fraud.impressionFloodUserThreshold,
    abnormal_ctr_min_impressions: fraud.abnormalCtrMinImpressions,
    abnormal_ctr_threshold: fraud.abnormalCtrThreshold,
    publisher_ctr_z_threshold: fraud.publisherCtrZThreshold,
    publisher_ctr_min_impressions: fraud.publisherCtrMinImpressions,
    publisher_ctr_trailing_windows: fraud.publisherCtrTrailingWindows,
    publisher_ctr_min_windows: fraud.publisherCtrMinWindows,
    metronome_min_clicks: fraud.metronomeMinClicks,
    metronome_variation_threshold: fraud.metronomeVariationThreshold,
    unattributed_burst_threshold: fraud.unattributedBurstThreshold,
    id_fan_out_threshold: fraud.idFanOutThreshold,
    enabled_alerts: FRAUD_RULES.filter((rule) => fraud.alertsEnabled[rule]).join(),
    ...Object.fromEntries(INVALID_REASONS.map((reason) => [`${reason}_enabled`, fraud.reasonsEnabled[reason]])),
  };
}
