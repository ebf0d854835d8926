import {
  KEY_SETTINGS,
  type PipelineSettings,
  type PropertyGroup,
  SettingsError,
  loadPropertyGroups,
  pipelineSettings,
} from '@ad-analytics/pipeline-settings';
import { CommandError } from '@ad-analytics/command-line/errors';

/**
 * @param text comma-separated list of settings, for example "metrics.window.seconds=10,initial.position=LATEST"
 * @returns the values by name
 * @throws CommandError (exit code 2) when a part has no name or no "="
 */
export function parseOverrides(text: readonly string[]): Record<string, string> {
  const entries = text
    .flatMap((part) => part.split(','))
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part): [string, string] => {
      const at = part.indexOf('=');
      if (at < 1)
        throw new CommandError(
          `"${part}" is not a setting; write name=value, for example metrics.window.seconds=10`,
          2,
        );
      return [part.slice(0, at).trim(), part.slice(at + 1).trim()];
    });
  return Object.fromEntries(entries);
}

/** Settings that the settings file has only if they are set, each with a setting of the same group that it always has. */
const OPTIONAL: Readonly<Record<string, string>> = Object.fromEntries(
  KEY_SETTINGS.map((name) => [name, 'privacy.user.ids']),
);

/** @returns the group of this setting; write Group/name if several groups have the name */
function groupOf(groups: readonly PropertyGroup[], name: string): { group: string; key: string } {
  const [prefix, rest] = name.includes('/')
    ? [name.slice(0, name.indexOf('/')), name.slice(name.indexOf('/') + 1)]
    : [];
  const key = rest ?? name;
  const present = Object.hasOwn(OPTIONAL, key) ? (OPTIONAL[key] ?? key) : key;
  const owners = groups.filter(
    (group) => Object.hasOwn(group.PropertyMap, present) && (prefix === undefined || group.PropertyGroupId === prefix),
  );
  const [owner] = owners;
  if (owner === undefined) {
    const known = [...groups.flatMap((group) => Object.keys(group.PropertyMap)), ...KEY_SETTINGS];
    throw new CommandError(`Unknown setting: "${name}". Known: ${[...new Set(known)].sort().join(', ')}`, 2);
  }
  if (owners.length > 1) {
    const choices = owners.map((group) => `${group.PropertyGroupId}/${key}`).join(' or ');
    throw new CommandError(`The setting "${name}" is in several groups; write ${choices}`, 2);
  }
  return { group: owner.PropertyGroupId, key };
}

/**
 * The settings of a local run: the committed ones, with overrides, and the emulator as the endpoint of every stream.
 * @param groups content of flink/kinesis-config.json
 * @param overrides values by setting name (or Group/name)
 * @param endpoint URL of the local AWS
 * @returns a new list; the given one is not changed
 * @throws CommandError (exit code 2) for a setting that does not exist
 */
export function effectiveConfig(
  groups: readonly PropertyGroup[],
  overrides: Readonly<Record<string, string>>,
  endpoint: string,
): PropertyGroup[] {
  const changes = Object.entries(overrides).map(([name, value]) => ({ ...groupOf(groups, name), value }));
  return groups.map(({ PropertyGroupId, PropertyMap }) => {
    const own = changes.filter((change) => change.group === PropertyGroupId).map(({ key, value }) => [key, value]);
    const isStream = Object.hasOwn(PropertyMap, 'stream.name');
    return {
      PropertyGroupId,
      PropertyMap: { ...PropertyMap, ...Object.fromEntries(own), ...(isStream ? { 'aws.endpoint': endpoint } : {}) },
    };
  });
}

/** The settings of one local run. */
export interface LocalSettings {
  /** In the format that the job reads. */
  readonly groups: readonly PropertyGroup[];
  /** The same, validated and typed. */
  readonly settings: PipelineSettings;
}

/**
 * Reads, overrides and checks the settings of a local run.
 * @param configFile path of flink/kinesis-config.json
 * @param overrides values by setting name (or Group/name)
 * @param endpoint URL of the local AWS
 * @throws CommandError (exit code 2) with the setting that is unknown, missing or invalid
 */
export function localSettings(
  configFile: string,
  overrides: Readonly<Record<string, string>>,
  endpoint: string,
): LocalSettings {
  try {
    const groups = effectiveConfig(loadPropertyGroups(configFile), overrides, endpoint);
    return { groups, settings: pipelineSettings(groups) };
  } catch (error) {
    if (error instanceof SettingsError) throw new CommandError(error.message, 2);
    throw error;
  }
}
