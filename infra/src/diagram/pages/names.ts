import type { Architecture, Setting } from '../architecture';
import { OUTSIDE } from '../flows';

/** @returns value of a setting in an environment; `-` if it is missing */
export const ofEnvironment = (setting: Setting | undefined, environment: string): string =>
  setting === undefined ? '-' : (setting.value ?? setting.byEnvironment?.[environment] ?? '-');

/** @returns a function that names places: by service and name, or as an actor outside */
export function namer({ resources }: Architecture): (key: string) => string {
  const names = new Map(resources.map(({ key, service, name }) => [key, `${service}: ${name}`]));
  const outside: Readonly<Record<string, string>> = {
    [OUTSIDE.producers]: 'producers (outside)',
    [OUTSIDE.readers]: 'dashboard and services (outside)',
    [OUTSIDE.analysts]: 'analysts (outside)',
    [OUTSIDE.people]: 'people on call',
  };
  return (key) => names.get(key) ?? outside[key] ?? key;
}

/** @returns the environments, or `all` */
export const everywhere = (environments: readonly string[], architecture: Architecture) =>
  environments.length === architecture.environments.length ? 'all' : environments.join(', ');
