import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import { environmentSchema, type Environment } from './environment';

/** Folder of the committed environments, one file each. */
export const ENVIRONMENTS_FOLDER = path.join(__dirname, '..', '..', 'environments');

/** The JSON Schema for editors, in the same folder as the environments. */
export const SCHEMA_FILE = 'environment.schema.json';

/** An invalid environment; the message names every problem with its place. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';

  /**
   * @param source the file
   * @param problems one line for each problem
   */
  constructor(
    readonly source: string,
    readonly problems: readonly string[],
  ) {
    super(`${source}: ${problems.join('; ')}`);
  }
}

/**
 * @param value parsed JSON
 * @param source name of the file, for the error
 * @returns the environment
 * @throws {EnvironmentError} with each problem and its place
 */
export function parseEnvironment(value: unknown, source: string): Environment {
  const parsed = environmentSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new EnvironmentError(source, parsed.error.issues.map(describe));
}

/** @returns the issue with its place, such as `streams/shards/clicks: must be ...` */
function describe(issue: z.core.$ZodIssue): string {
  const place = issue.path.join('/');
  return place === '' ? issue.message : `${place}: ${issue.message}`;
}

/**
 * @param folder of environments
 * @returns the names of the existing environments
 */
export function environmentNames(folder = ENVIRONMENTS_FOLDER): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json') && file !== SCHEMA_FILE)
    .map((file) => path.basename(file, '.json'))
    .sort();
}

/**
 * @param name of the environment
 * @param folder of environments
 * @returns the content of its file
 * @throws {EnvironmentError} when the file is missing, is not JSON, has another name than its environment, or is invalid
 */
export function loadEnvironment(name: string, folder = ENVIRONMENTS_FOLDER): Environment {
  const file = path.join(folder, `${name}.json`);
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new EnvironmentError(file, [
        `the environment does not exist; known environments: ${environmentNames(folder).join(', ')}`,
      ]);
    }
    throw new EnvironmentError(file, [(error as Error).message]);
  }
  const environment = parseEnvironment(value, file);
  if (environment.name !== name)
    throw new EnvironmentError(file, [`name: must be "${name}", like the name of the file`]);
  // Permissions are granted on names with the prefix of the environment.
  const nested = environmentNames(folder).find((one) => one.startsWith(`${name}-`) || name.startsWith(`${one}-`));
  if (nested !== undefined) {
    throw new EnvironmentError(file, [
      `name: "${name}" conflicts with the environment "${nested}": if one name begins with the other and "-", the roles of one environment could change the other environment`,
    ]);
  }
  return environment;
}
