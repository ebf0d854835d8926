import type { FraudSettings, PipelineSettings } from '@ad-analytics/pipeline-settings';

/** The settings that determine the expected results; times in milliseconds. */
export interface VerifySettings {
  /** Names of the streams: part of the record_id of a late or a rejected record. */
  readonly streams: { readonly impression: string; readonly click: string };
  readonly maxOutOfOrdernessMs: number;
  readonly idleTimeoutMs: number;
  readonly maxFutureMs: number;
  readonly attributionWindowMs: number;
  readonly metricsWindowMs: number;
  readonly engagementWindowMs: number;
  readonly engagementSlideMs: number;
  /** Windows and thresholds of the invalid-traffic rules, in the units of their names. */
  readonly fraud: FraudSettings;
}

/**
 * @param pipeline settings of the run that is checked
 * @returns the settings that determine its results
 */
export function verifySettings(pipeline: PipelineSettings): VerifySettings {
  return {
    streams: { impression: pipeline.impressions.streamName, click: pipeline.clicks.streamName },
    maxOutOfOrdernessMs: pipeline.eventTime.maxOutOfOrdernessSeconds * 1000,
    idleTimeoutMs: pipeline.eventTime.idleTimeoutSeconds * 1000,
    maxFutureMs: pipeline.eventTime.maxFutureSeconds * 1000,
    attributionWindowMs: pipeline.attribution.windowSeconds * 1000,
    metricsWindowMs: pipeline.metrics.windowSeconds * 1000,
    engagementWindowMs: pipeline.engagement.windowSeconds * 1000,
    engagementSlideMs: pipeline.engagement.slideSeconds * 1000,
    fraud: pipeline.fraud,
  };
}
