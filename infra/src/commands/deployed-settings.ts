import type { PropertyGroup } from '@ad-analytics/pipeline-settings';
import { applicationProperties, greenProperties } from '../application-properties';
import type { Environment } from '../environments/environment';
import { chosenVersion } from './application-name';

/** Settings of an environment, and a name for their file. */
export interface DeployedSettings {
  readonly name: string;
  readonly groups: readonly PropertyGroup[];
}

/**
 * @param groups content of flink/kinesis-config.json
 * @param environment that is deployed
 * @param version of the job, as the user names it; undefined: blue
 * @returns the content of that file for this environment: its region, its settings, and the results stream of the version. Tools that send
 *   events to the environment or verify its results read the file with `--config`
 * @throws {UsageError} when the environment has no such version
 */
export function deployedSettings(
  groups: readonly PropertyGroup[],
  environment: Environment,
  version: string | undefined,
): DeployedSettings {
  const { name, sideBySide } = environment;
  const chosen = chosenVersion(environment, version);
  return chosen === 'blue' || sideBySide === undefined
    ? { name, groups: applicationProperties(groups, environment) }
    : { name: `${name}-${chosen}`, groups: greenProperties(groups, environment, sideBySide) };
}
