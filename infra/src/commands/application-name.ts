import { APPLICATION_PARTS, VERSIONS, versionsOf, type Version } from '../applications';
import type { Environment } from '../environments/environment';
import { resourceName } from '../naming';
import { UsageError } from './errors';

const isVersion = (text: string): text is Version => (VERSIONS as readonly string[]).includes(text);

/**
 * @param environment that is deployed
 * @param version of the job, as the user names it; undefined: blue
 * @returns the version
 * @throws {UsageError} when the version is unknown, or missing from the environment
 */
export function chosenVersion(environment: Environment, version = 'blue'): Version {
  if (!isVersion(version)) throw new UsageError(`--application: must be ${VERSIONS.join(' or ')}, not "${version}"`);
  if (!versionsOf(environment).includes(version)) {
    throw new UsageError(
      `--application: the environment ${environment.name} does not have the version ${version}. Add sideBySide to its file and deploy it: docs/runbooks/side-by-side.md`,
    );
  }
  return version;
}

/** @returns name of the application of a version, see chosenVersion */
export function applicationName(environment: Environment, version?: string): string {
  return resourceName(environment, APPLICATION_PARTS[chosenVersion(environment, version)]);
}
