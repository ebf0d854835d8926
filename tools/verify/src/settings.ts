import type { FraudSettings, PipelineSettings } from '@ad-analytics/pipeline-settings';
import { CommandError } from '@ad-analytics/command-line/errors';
import { readPrivacyKey } from '@ad-analytics/pseudonyms/privacy-key';
import type { ResultPrivacy } from './apply-privacy';

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
  /** Undefined if the job leaves personal data as it is. */
  readonly privacy?: ResultPrivacy;
}

/**
 * @param pipeline settings of the run that is checked
 * @param keyFile file with the key of the pseudonyms; default: the file that the settings name
 * @returns the settings that determine its results
 * @throws CommandError (exit code 2) when the settings need a key that cannot be read
 */
export function verifySettings(pipeline: PipelineSettings, keyFile?: string): VerifySettings {
  const privacy = privacyOf(pipeline, keyFile);
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
    ...(privacy === undefined ? {} : { privacy }),
  };
}

function privacyOf({ privacy }: PipelineSettings, keyFile: string | undefined): ResultPrivacy | undefined {
  const [hashUserIds, cutAddresses] = [privacy.userIds === 'hmac', privacy.addresses === 'cut'];
  if (!hashUserIds && !cutAddresses) return undefined;
  const file = keyFile ?? privacy.keyFile;
  if (file === undefined) {
    throw new CommandError(
      `The results have pseudonyms or cut addresses, whose key is in the secret ${privacy.keySecret}: write the secret to a file, and name it with --privacy-key.`,
      2,
    );
  }
  const option = keyFile === undefined ? 'Privacy/privacy.key.file' : '--privacy-key';
  return { hashUserIds, cutAddresses, key: readPrivacyKey(file, option) };
}
