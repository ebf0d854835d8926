import { parsePropertyGroups, pipelineSettings, type PropertyGroup } from '@ad-analytics/pipeline-settings';
import type { Environment } from './environments/environment';

/**
 * @param groups content of flink/kinesis-config.json
 * @param environment whose region the streams are in, and whose settings go before the file's
 * @returns the runtime properties of the application
 * @throws {SettingsError} when the environment names a group or a setting that there is not, or a value that cannot be
 */
export function applicationProperties(groups: readonly PropertyGroup[], environment: Environment): PropertyGroup[] {
  const { name, region, flink } = environment;
  const source = `environment ${name}, flink/settings`;
  const strangers = Object.entries(flink.settings)
    .filter(([id]) => !groups.some((group) => group.PropertyGroupId === id))
    .map(([PropertyGroupId, PropertyMap]) => ({ PropertyGroupId, PropertyMap }));
  const own = groups.map(({ PropertyGroupId, PropertyMap }) => ({
    PropertyGroupId,
    PropertyMap: {
      ...PropertyMap,
      ...(PropertyMap['aws.region'] === undefined ? {} : { 'aws.region': region }),
      ...flink.settings[PropertyGroupId],
    },
  }));
  const all = parsePropertyGroups([...own, ...strangers], source);
  // Refuses here, before anything is deployed, what the job would refuse at its start.
  pipelineSettings(all, source);
  return all;
}
