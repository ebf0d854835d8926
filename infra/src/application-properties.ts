import {
  parsePropertyGroups,
  pipelineSettings,
  type PropertyGroup,
  SettingsError,
} from '@ad-analytics/pipeline-settings';
import { greenResultsName } from './applications';
import type { Environment } from './environments/environment';

/** Group of the settings of the results stream. */
const RESULTS_GROUP = 'AdDestinationStream';
/** Groups that say which streams there are. */
const STREAM_GROUPS = ['AdImpressionsStream', 'AdClicksStream', RESULTS_GROUP];

/**
 * @param groups content of flink/kinesis-config.json
 * @param environment whose region the streams are in, and whose settings go before the file's
 * @returns the runtime properties of the application
 * @throws {SettingsError} when the environment names a group or a setting that there is not, or a value that cannot be
 */
export function applicationProperties(groups: readonly PropertyGroup[], environment: Environment): PropertyGroup[] {
  return withSettings(groups, environment, environment.flink.settings, 'flink/settings');
}

/**
 * @param groups content of flink/kinesis-config.json
 * @param environment with `sideBySide`
 * @param sideBySide see `sideBySideSettings`
 * @returns the runtime properties of green: blue's, but for green's own settings, and its results stream
 * @throws {SettingsError} as for applicationProperties, and when green's settings name a stream: its inputs are blue's, and its results stream has a separate name
 */
export function greenProperties(
  groups: readonly PropertyGroup[],
  environment: Environment,
  { settings }: NonNullable<Environment['sideBySide']>,
): PropertyGroup[] {
  const streams = STREAM_GROUPS.filter((group) => settings[group] !== undefined);
  if (streams.length > 0) {
    throw new SettingsError(
      `environment ${environment.name}, sideBySide/settings`,
      streams.map(
        (group) => `${group}: must be absent: green reads the same streams as blue and writes to a separate one`,
      ),
    );
  }
  const common = applicationProperties(groups, environment);
  const own = withSettings(common, environment, settings, 'sideBySide/settings');
  const stream = { [RESULTS_GROUP]: { 'stream.name': greenResultsName(pipelineSettings(common)) } };
  return withSettings(own, environment, stream, 'sideBySide');
}

/** @returns the groups with some settings replaced, checked as the job would check them */
function withSettings(
  groups: readonly PropertyGroup[],
  { name, region }: Environment,
  settings: Environment['flink']['settings'],
  place: string,
): PropertyGroup[] {
  const source = `environment ${name}, ${place}`;
  const strangers = Object.entries(settings)
    .filter(([id]) => !groups.some((group) => group.PropertyGroupId === id))
    .map(([PropertyGroupId, PropertyMap]) => ({ PropertyGroupId, PropertyMap }));
  const own = groups.map(({ PropertyGroupId, PropertyMap }) => ({
    PropertyGroupId,
    PropertyMap: {
      ...PropertyMap,
      ...(PropertyMap['aws.region'] === undefined ? {} : { 'aws.region': region }),
      ...settings[PropertyGroupId],
    },
  }));
  const all = parsePropertyGroups([...own, ...strangers], source);
  // Refuses here, before anything is deployed, what the job would refuse at its start.
  pipelineSettings(all, source);
  return all;
}

/**
 * @param groups the application's properties
 * @param environment whose `sideBySide.unknownToBlue` names what the release of blue does not know
 * @returns the properties that blue is given; a group that has no other settings is left out
 * @throws {SettingsError} names what no group has
 */
export function knownToBlue(groups: readonly PropertyGroup[], { name, sideBySide }: Environment): PropertyGroup[] {
  const unknown = sideBySide?.unknownToBlue ?? [];
  const all = groups.flatMap((group) => Object.keys(group.PropertyMap).map((one) => `${group.PropertyGroupId}/${one}`));
  const problems = unknown.filter((one) => !all.includes(one)).map((one) => `${one}: unknown setting`);
  if (problems.length > 0) throw new SettingsError(`environment ${name}, sideBySide/unknownToBlue`, problems);
  return groups.flatMap(({ PropertyGroupId, PropertyMap }) => {
    const known = Object.entries(PropertyMap).filter(([one]) => !unknown.includes(`${PropertyGroupId}/${one}`));
    return known.length === 0 ? [] : [{ PropertyGroupId, PropertyMap: Object.fromEntries(known) }];
  });
}
