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
/** The groups with the names of the streams. */
const STREAM_GROUPS = ['AdImpressionsStream', 'AdClicksStream', RESULTS_GROUP];

/**
 * @param groups content of flink/kinesis-config.json
 * @param environment its region is that of the streams, and its settings override those of the file
 * @returns the runtime properties of the application
 * @throws {SettingsError} when the environment has an unknown group, an unknown setting or an invalid value
 */
export function applicationProperties(groups: readonly PropertyGroup[], environment: Environment): PropertyGroup[] {
  if (hasPrivacy(groups, 'privacy.key.secret')) {
    // The permissions of the job and the network follow the file of the environment.
    throw new SettingsError('flink/kinesis-config.json', [
      'Privacy/privacy.key.secret: must be in flink.settings of an environment, not here',
    ]);
  }
  return withSettings(groups, environment, environment.flink.settings, 'flink/settings');
}

/**
 * @param groups content of flink/kinesis-config.json
 * @param environment with `sideBySide`
 * @param sideBySide see `sideBySideSettings`
 * @returns the runtime properties of green: those of blue with green's own settings and its results stream
 * @throws {SettingsError} as for applicationProperties, and when green's settings name a stream: green reads the inputs of blue, and the
 * name of its results stream is fixed
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

/** @returns the groups with some settings replaced, validated with the rules of the job */
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
  if (hasPrivacy(all, 'privacy.key.file')) {
    throw new SettingsError(source, [
      'Privacy/privacy.key.file: must be absent on AWS; privacy.key.secret names a secret',
    ]);
  }
  // Rejects, before the deployment, settings that the job would reject at its start.
  pipelineSettings(all, source);
  return all;
}

const hasPrivacy = (groups: readonly PropertyGroup[], setting: string) =>
  groups.some(({ PropertyGroupId, PropertyMap }) => PropertyGroupId === 'Privacy' && setting in PropertyMap);

/**
 * @param groups the application's properties
 * @param environment whose `sideBySide.unknownToBlue` lists the settings that the release of blue does not know
 * @returns the properties of blue; a group without other settings is left out
 * @throws {SettingsError} with the listed settings that no group has
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
