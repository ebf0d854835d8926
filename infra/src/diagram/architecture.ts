import { type Flow, flowsOf } from './flows';
import { type Grant, type Trust, grants, keyOf, trusts } from './grants';
import { NamedStack } from './named-stack';
import { serviceOf, serviceOrder } from './services';
import { settingsOf } from './settings';

/** A setting; by environment if the values differ. */
export interface Setting {
  readonly path: string;
  /** The one value of all environments that have the resource. */
  readonly value?: string;
  /** Otherwise the value of each environment; null if the resource lacks the setting. */
  readonly byEnvironment?: Readonly<Record<string, string | null>>;
}

/** A resource of the deployment. */
export interface ArchitectureResource {
  /** `aws_kinesis_stream:event-streams/results` */
  readonly key: string;
  readonly type: string;
  readonly service: string;
  /** Name in AWS, with `<env>` instead of the name of the environment. */
  readonly name: string;
  /** Environments that have it. */
  readonly environments: readonly string[];
  readonly settings: readonly Setting[];
}

/** Something with the environments that have it. */
type InEnvironments<T> = T & { readonly environments: readonly string[] };

/** The deployment of all environments. Its content does not depend on the time or the machine. */
export interface Architecture {
  readonly environments: readonly string[];
  readonly regions: Readonly<Record<string, string>>;
  readonly resources: readonly ArchitectureResource[];
  readonly grants: readonly InEnvironments<Grant>[];
  readonly trusts: readonly InEnvironments<Trust>[];
  readonly flows: readonly InEnvironments<Flow>[];
}

/** Placeholder for the name of the environment. */
const ENVIRONMENT = '<env>';

/** Placeholder for the region of the environment. */
const REGION = '<region>';

/** @returns a function that replaces the environment's name in the names of resources by `<env>`, and its region by `<region>` */
function general(environment: string, region: string): (text: string) => string {
  // Names in SQL have no hyphens.
  const name = environment.replaceAll('-', '[-_]');
  const part = new RegExp(`(ad[-_]analytics[-_/])${name}(?=[-_/]|$|\\b)`, 'g');
  return (text) => {
    const named = text.replace(part, `$1${ENVIRONMENT}`);
    return region === '' ? named : named.replaceAll(region, REGION);
  };
}

/** @returns the value with placeholders in all its texts */
function generalized<T>(value: T, name: (text: string) => string): T {
  if (typeof value === 'string') return name(value) as T;
  if (Array.isArray(value)) return value.map((part: unknown) => generalized(part, name)) as T;
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, generalized(part, name)])) as T;
  return value;
}

/** @returns each thing once, with the environments that have it */
function merge<T extends object>(byEnvironment: ReadonlyMap<string, readonly T[]>): InEnvironments<T>[] {
  const all = new Map<string, { thing: T; environments: Set<string> }>();
  for (const [environment, things] of byEnvironment) {
    for (const thing of things) {
      const id = JSON.stringify(thing);
      const known = all.get(id) ?? { thing, environments: new Set<string>() };
      known.environments.add(environment);
      all.set(id, known);
    }
  }
  return [...all.values()].map(({ thing, environments }) => ({ ...thing, environments: [...environments] }));
}

/** @returns one text for amounts that differ only in a number: `of 500 / 1000` */
function together(amounts: readonly string[]): string {
  const parts = amounts.map((amount) => /^(\D*)(\d+)(.*)$/.exec(amount));
  const [first] = parts;
  if (first === undefined || first === null) return amounts.join(' / ');
  const [, before = '', , after = ''] = first;
  if (!parts.every((part) => part?.[1] === before && part[3] === after)) return amounts.join(' / ');
  return `${before}${parts.map((part) => part?.[2]).join(' / ')}${after}`;
}

/** @returns each flow once, with its amounts of all environments */
function mergeFlows(byEnvironment: ReadonlyMap<string, readonly Flow[]>): InEnvironments<Flow>[] {
  interface Known {
    readonly flow: Flow;
    readonly amounts: Set<string>;
    readonly environments: string[];
  }
  const all = new Map<string, Known>();
  for (const [environment, flows] of byEnvironment) {
    for (const { amount, ...flow } of flows) {
      const id = JSON.stringify(flow);
      const known: Known = all.get(id) ?? { flow, amounts: new Set<string>(), environments: [] };
      if (amount !== undefined) known.amounts.add(amount);
      known.environments.push(environment);
      all.set(id, known);
    }
  }
  return [...all.values()].map(({ flow, amounts, environments }) => ({
    ...flow,
    ...(amounts.size === 0 ? {} : { amount: together([...amounts]) }),
    environments,
  }));
}

interface Placed {
  readonly key: string;
  readonly type: string;
  readonly name: string;
  readonly settings: ReadonlyMap<string, string>;
}

function placed(stack: NamedStack, name: (text: string) => string): Placed[] {
  return stack.resources
    .filter(({ type }) => !type.startsWith('data.'))
    .map((resource) => ({
      key: keyOf(resource),
      type: resource.type,
      name: name(stack.nameOf(resource)),
      settings: new Map([...settingsOf(resource, stack)].map(([path, value]) => [path, name(value)])),
    }));
}

function resource(key: string, found: ReadonlyMap<string, Placed>): ArchitectureResource {
  const environments = [...found.keys()];
  const [first] = found.values();
  const paths = [...new Set([...found.values()].flatMap(({ settings }) => [...settings.keys()]))].sort();
  return {
    key,
    type: first?.type ?? '',
    service: serviceOf(first?.type ?? ''),
    name: first?.name ?? '',
    environments,
    settings: paths.map((path): Setting => {
      const values = environments.map((environment) => found.get(environment)?.settings.get(path) ?? null);
      const [value] = values;
      if (typeof value === 'string' && values.every((one) => one === value)) return { path, value };
      return {
        path,
        byEnvironment: Object.fromEntries(environments.map((environment, i) => [environment, values[i] ?? null])),
      };
    }),
  };
}

function resources(byEnvironment: ReadonlyMap<string, readonly Placed[]>): ArchitectureResource[] {
  const found = new Map<string, Map<string, Placed>>();
  for (const [environment, all] of byEnvironment) {
    for (const one of all) found.set(one.key, (found.get(one.key) ?? new Map<string, Placed>()).set(environment, one));
  }
  return [...found]
    .map(([key, one]) => resource(key, one))
    .sort((a, b) => serviceOrder(a.service) - serviceOrder(b.service) || (a.key < b.key ? -1 : 1));
}

function regionOf(stack: Readonly<Record<string, unknown>>): string {
  const provider = stack['provider'] as { aws?: readonly { region?: string }[] } | undefined;
  return provider?.aws?.[0]?.region ?? '';
}

/**
 * @param stacks `cdk.tf.json` of each environment, parsed, by the environment's name
 * @returns the deployed resources and flows
 */
export function architecture(stacks: Readonly<Record<string, Readonly<Record<string, unknown>>>>): Architecture {
  const named = new Map(Object.entries(stacks).map(([name, stack]) => [name, new NamedStack(stack)]));
  const regions = Object.fromEntries(Object.entries(stacks).map(([name, stack]) => [name, regionOf(stack)]));
  const each = <T>(of: (stack: NamedStack, name: (text: string) => string) => readonly T[]) =>
    new Map(
      [...named].map(([environment, stack]) => [
        environment,
        of(stack, general(environment, regions[environment] ?? '')),
      ]),
    );
  return {
    environments: [...named.keys()],
    regions,
    resources: resources(each(placed)),
    grants: merge(each((stack, name) => generalized(grants(stack), name))),
    trusts: merge(each((stack, name) => generalized(trusts(stack), name))),
    flows: mergeFlows(each((stack) => flowsOf(stack))),
  };
}
