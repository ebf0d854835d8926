import type { PipelineSettings } from '@ad-analytics/pipeline-settings';

/** What decides the expected results; times in milliseconds. */
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
  readonly fraud: FraudSettings;
}

/** Windows and thresholds of the invalid-traffic rules, in the units of their names. */
export interface FraudSettings {
  readonly tooFastClickMillis: number;
  readonly shortWindowSeconds: number;
  readonly shortSlideSeconds: number;
  readonly longWindowSeconds: number;
  readonly longSlideSeconds: number;
  readonly clickVelocityThreshold: number;
  readonly impressionFloodIpThreshold: number;
  readonly impressionFloodUserThreshold: number;
  readonly abnormalCtrMinImpressions: number;
  readonly abnormalCtrThreshold: number;
  readonly publisherCtrZThreshold: number;
  readonly publisherCtrMinImpressions: number;
  readonly publisherCtrTrailingWindows: number;
  readonly publisherCtrMinWindows: number;
  readonly metronomeMinClicks: number;
  readonly metronomeVariationThreshold: number;
  readonly unattributedBurstThreshold: number;
  readonly idFanOutThreshold: number;
}

/** For settings of before the rules had any. */
export const DEFAULT_FRAUD_SETTINGS: FraudSettings = {
  tooFastClickMillis: 500,
  shortWindowSeconds: 60,
  shortSlideSeconds: 10,
  longWindowSeconds: 600,
  longSlideSeconds: 60,
  clickVelocityThreshold: 10,
  impressionFloodIpThreshold: 300,
  impressionFloodUserThreshold: 120,
  abnormalCtrMinImpressions: 10,
  abnormalCtrThreshold: 0.5,
  publisherCtrZThreshold: 3,
  publisherCtrMinImpressions: 100,
  publisherCtrTrailingWindows: 24,
  publisherCtrMinWindows: 6,
  metronomeMinClicks: 6,
  metronomeVariationThreshold: 0.1,
  unattributedBurstThreshold: 5,
  idFanOutThreshold: 20,
};

/**
 * @param pipeline settings of the run that is checked
 * @returns those that decide its results
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
    fraud: { ...DEFAULT_FRAUD_SETTINGS, ...pipeline.fraud },
  };
}
