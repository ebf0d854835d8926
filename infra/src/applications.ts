import type { PipelineSettings } from '@ad-analytics/pipeline-settings';
import type { Environment } from './environments/environment';

/**
 * The versions of the job: `blue` always exists; `green` also exists if the environment has `sideBySide` (ADR 0015).
 */
export const VERSIONS = ['blue', 'green'] as const;

export type Version = (typeof VERSIONS)[number];

/** Part of the name of each version's application, role and logs. */
export const APPLICATION_PARTS = { blue: 'flink', green: 'flink-green' } as const satisfies Record<Version, string>;

/** @returns the versions that the environment has */
export function versionsOf({ sideBySide }: Environment): readonly Version[] {
  return sideBySide === undefined ? ['blue'] : VERSIONS;
}

/** @returns the name of green's results stream */
export function greenResultsName({ results }: PipelineSettings): string {
  return `${results.streamName}-green`;
}

/** @returns names of all streams that an environment can have, including green's, so that adding green does not need another bootstrap */
export function possibleStreams(settings: PipelineSettings): readonly string[] {
  const { impressions, clicks, results } = settings;
  return [...[impressions, clicks, results].map(({ streamName }) => streamName), greenResultsName(settings)];
}

/** @returns names of the streams that the environment has */
export function streamsOf({ sideBySide }: Environment, settings: PipelineSettings): readonly string[] {
  return possibleStreams(settings).filter((name) => sideBySide !== undefined || name !== greenResultsName(settings));
}
