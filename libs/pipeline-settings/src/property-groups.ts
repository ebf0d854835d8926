import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { SettingsError } from './settings-error';

/** A property group of the runtime properties, in the format of Managed Service for Apache Flink. */
const propertyGroup = z.strictObject({
  PropertyGroupId: z.string().min(1),
  PropertyMap: z.record(z.string(), z.string()),
});

export type PropertyGroup = z.infer<typeof propertyGroup>;

/**
 * Checks the format of a settings file; {@link pipelineSettings} checks its content.
 * @param value the parsed JSON
 * @param source name of the file, for the error
 * @returns the groups in their order
 * @throws {SettingsError} when it is not an array of groups of strings, or a group occurs twice
 */
export function parsePropertyGroups(value: unknown, source: string): PropertyGroup[] {
  const parsed = z.array(propertyGroup).safeParse(value);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${placeOf(issue.path, value)}: ${issue.message}`);
    throw new SettingsError(source, problems);
  }
  const ids = parsed.data.map((group) => group.PropertyGroupId);
  const twice = new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
  if (twice.size > 0) {
    throw new SettingsError(
      source,
      [...twice].map((id) => `${id}: the group occurs twice`),
    );
  }
  return parsed.data;
}

/**
 * @param file path of the settings file, such as flink/kinesis-config.json
 * @returns its groups
 * @throws {SettingsError} when it cannot be read, is not JSON or has another format
 */
export function loadPropertyGroups(file: string): PropertyGroup[] {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const problem = error instanceof SyntaxError ? 'not valid JSON' : 'cannot be read';
    throw new SettingsError(file, [`${problem}: ${(error as Error).message}`]);
  }
  return parsePropertyGroups(value, file);
}

/** @returns `Group/setting` if the value at the path has such names, otherwise its position in the array */
function placeOf(path: readonly PropertyKey[], value: unknown): string {
  const [index, field, setting] = path;
  if (index === undefined) return 'file';
  const group = (value as { PropertyGroupId?: unknown }[])[Number(index)];
  const id = typeof group?.PropertyGroupId === 'string' && group.PropertyGroupId !== '' ? group.PropertyGroupId : '';
  const name = id === '' ? `group ${Number(index) + 1}` : id;
  if (field === undefined) return name;
  return `${name}/${String(field === 'PropertyMap' && setting !== undefined ? setting : field)}`;
}
