import type { Environment } from './environments/environment';

/** Prefix of all names, and the value of the tag Project. */
export const PROJECT = 'ad-analytics';

/** @returns globally unambiguous name of the environment, such as `ad-analytics-dev`: the value of the tag Deployment */
export function deploymentName(environment: Environment): string {
  return `${PROJECT}-${environment.name}`;
}

/**
 * @param environment of the resource
 * @param part kind of the resource, in kebab-case: `results`, `sink-dead-letters`
 * @returns its name, such as `ad-analytics-dev-results`. Streams have their own names, from flink/kinesis-config.json
 */
export function resourceName(environment: Environment, part: string): string {
  return `${deploymentName(environment)}-${part}`;
}

/** @returns the tags that the provider adds to every resource that supports tags */
export function commonTags(environment: Environment): Record<string, string> {
  return {
    ...environment.tags,
    Project: PROJECT,
    Environment: environment.name,
    Deployment: deploymentName(environment),
    ManagedBy: 'terraform',
  };
}
