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
  readonly tooFastClickMs: number;
  readonly fraud: FraudThresholds;
}

/** Thresholds of the alerts: a window is a finding when it has more than this. */
export interface FraudThresholds {
  readonly clicksPerIp: number;
  readonly clicksPerUser: number;
  readonly impressionsPerIp: number;
  readonly impressionsPerUser: number;
  readonly abnormalCtr: number;
  /** Fewer impressions say nothing about a user's rate. */
  readonly abnormalCtrLeastImpressions: number;
  readonly unattributedClicksPerIp: number;
  readonly usersPerIp: number;
}

/** The defaults of the invalid-traffic rules, written down here a second time on purpose: the check shares nothing with the job. */
export const DEFAULT_FRAUD_THRESHOLDS: FraudThresholds = {
  clicksPerIp: 10,
  clicksPerUser: 10,
  impressionsPerIp: 300,
  impressionsPerUser: 120,
  abnormalCtr: 0.5,
  abnormalCtrLeastImpressions: 10,
  unattributedClicksPerIp: 5,
  usersPerIp: 20,
};

/**
 * @param pipeline settings of the run that is checked
 * @returns those that decide its results
 */
export function verifySettings(
  pipeline: PipelineSettings,
  fraud: FraudThresholds = DEFAULT_FRAUD_THRESHOLDS,
): VerifySettings {
  return {
    streams: { impression: pipeline.impressions.streamName, click: pipeline.clicks.streamName },
    maxOutOfOrdernessMs: pipeline.eventTime.maxOutOfOrdernessSeconds * 1000,
    idleTimeoutMs: pipeline.eventTime.idleTimeoutSeconds * 1000,
    maxFutureMs: pipeline.eventTime.maxFutureSeconds * 1000,
    attributionWindowMs: pipeline.attribution.windowSeconds * 1000,
    metricsWindowMs: pipeline.metrics.windowSeconds * 1000,
    engagementWindowMs: pipeline.engagement.windowSeconds * 1000,
    engagementSlideMs: pipeline.engagement.slideSeconds * 1000,
    tooFastClickMs: pipeline.fraud.tooFastClickMillis,
    fraud,
  };
}
