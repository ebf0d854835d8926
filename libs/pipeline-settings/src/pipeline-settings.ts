import { z } from 'zod';
import { fraudGroup, type FraudSettings } from './fraud-settings';
import { privacyGroup, type PrivacySettings } from './privacy-settings';
import type { PropertyGroup } from './property-groups';
import { SettingsError } from './settings-error';
import { tiles } from './sliding-window';
import { duration, endpoint, positiveDuration, region, streamName } from './values';

const stream = z
  .strictObject({ 'stream.name': streamName, 'aws.region': region, 'aws.endpoint': endpoint.optional() })
  .transform((group) => ({
    streamName: group['stream.name'],
    region: group['aws.region'],
    ...(group['aws.endpoint'] === undefined ? {} : { endpoint: group['aws.endpoint'] }),
  }));

const STREAM_GROUPS = ['AdImpressionsStream', 'AdClicksStream', 'AdDestinationStream'] as const;

/** Every group of the settings file with all its settings; others are rejected. */
const groups = z.strictObject({
  /** Read by the managed service: the run options of the application. */
  'kinesis.analytics.flink.run.options': z.strictObject({ python: z.string().min(1), jarfile: z.string().min(1) }),
  AdImpressionsStream: stream,
  AdClicksStream: stream,
  AdDestinationStream: stream,
  Source: z.strictObject({ 'initial.position': z.enum(['TRIM_HORIZON', 'LATEST']) }),
  EventTime: z.strictObject({
    'max.out.of.orderness.seconds': duration,
    'idle.timeout.seconds': positiveDuration,
    'max.future.seconds': duration,
  }),
  Attribution: z.strictObject({ 'attribution.window.seconds': positiveDuration }),
  Metrics: z.strictObject({ 'metrics.window.seconds': positiveDuration }),
  Engagement: z
    .strictObject({ 'engagement.window.seconds': positiveDuration, 'engagement.slide.seconds': positiveDuration })
    .refine(...tiles('engagement')),
  Fraud: fraudGroup,
  Privacy: privacyGroup,
});

const groupsById = groups.superRefine((byId, context) => {
  STREAM_GROUPS.forEach((group, index) => {
    const twin = STREAM_GROUPS.slice(0, index).find((other) => byId[other].streamName === byId[group].streamName);
    if (twin === undefined) return;
    const message = `must differ from the name in ${twin}; otherwise the job would read its own results, or mix its inputs`;
    context.addIssue({ code: 'custom', path: [group, 'stream.name'], message });
  });
});

/** Name and location of one of the three streams. */
export interface StreamSettings {
  streamName: string;
  region: string;
  /** URL of the local Kinesis; absent on AWS. */
  endpoint?: string;
}

/** The content of flink/kinesis-config.json with types; the name of a duration ends with its unit. */
export interface PipelineSettings {
  impressions: StreamSettings;
  clicks: StreamSettings;
  results: StreamSettings;
  source: {
    /** Position in a stream at which the job starts without a snapshot. */
    initialPosition: 'TRIM_HORIZON' | 'LATEST';
  };
  eventTime: {
    /** How far the watermark stays behind the greatest event time of a shard. */
    maxOutOfOrdernessSeconds: number;
    /** Time without a record after which a shard is idle and the watermark does not wait for it. */
    idleTimeoutSeconds: number;
    /** How far an event time may be ahead of the record's arrival. */
    maxFutureSeconds: number;
  };
  attribution: {
    /** Attribution window: how long after an impression a click is attributed to it. Ids are kept equally long. */
    windowSeconds: number;
  };
  metrics: { windowSeconds: number };
  engagement: { windowSeconds: number; slideSeconds: number };
  fraud: FraudSettings;
  privacy: PrivacySettings;
}

/**
 * @param groups the groups of a settings file
 * @param source name of the file, for the error
 * @returns the typed settings
 * @throws {SettingsError} with each unknown or missing group and setting, and each wrong value with its place
 */
export function pipelineSettings(groups: readonly PropertyGroup[], source = 'settings'): PipelineSettings {
  const byId = Object.fromEntries(groups.map((group) => [group.PropertyGroupId, group.PropertyMap]));
  const parsed = groupsById.safeParse(byId);
  if (!parsed.success) {
    throw new SettingsError(
      source,
      parsed.error.issues.flatMap((issue) => describe(issue, byId)),
    );
  }
  const { AdImpressionsStream, AdClicksStream, AdDestinationStream, Source, EventTime, ...rest } = parsed.data;
  return {
    impressions: AdImpressionsStream,
    clicks: AdClicksStream,
    results: AdDestinationStream,
    source: { initialPosition: Source['initial.position'] },
    eventTime: {
      maxOutOfOrdernessSeconds: EventTime['max.out.of.orderness.seconds'],
      idleTimeoutSeconds: EventTime['idle.timeout.seconds'],
      maxFutureSeconds: EventTime['max.future.seconds'],
    },
    attribution: { windowSeconds: rest.Attribution['attribution.window.seconds'] },
    metrics: { windowSeconds: rest.Metrics['metrics.window.seconds'] },
    engagement: {
      windowSeconds: rest.Engagement['engagement.window.seconds'],
      slideSeconds: rest.Engagement['engagement.slide.seconds'],
    },
    fraud: rest.Fraud,
    privacy: rest.Privacy,
  };
}

/** @returns the issue as text, with its place as `Group` or `Group/setting` and the wrong value */
function describe(issue: z.core.$ZodIssue, byId: Record<string, Record<string, string>>): string[] {
  if (issue.code === 'unrecognized_keys') {
    const kind = issue.path.length === 0 ? 'group' : 'setting';
    return issue.keys.map((key) => `${[...issue.path, key].join('/')}: unknown ${kind}`);
  }
  const place = issue.path.join('/');
  const [group = '', setting = ''] = issue.path.map(String);
  if (byId[group] === undefined) return [`${place}: the group is missing`];
  const value = byId[group][setting];
  if (value === undefined) return [`${place}: the setting is missing`];
  return [`${place}: "${value}" ${issue.message}`];
}
