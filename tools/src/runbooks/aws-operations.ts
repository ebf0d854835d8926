import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

/** What of botocore's description of a service is needed. */
interface ServiceModel {
  readonly operations: Readonly<Record<string, { readonly input?: { readonly shape: string } }>>;
  readonly shapes: Readonly<Record<string, { readonly members?: Readonly<Record<string, unknown>> }>>;
}

/** @returns `list-shards` for `ListShards`, as the AWS CLI makes names of operations and of their parameters */
export function cliName(name: string): string {
  return name
    .replace(/(.)([A-Z][a-z]+)/g, '$1-$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase();
}

/**
 * @param botocore folder of the Python package that the AWS CLI is made of
 * @param service as the AWS CLI calls it
 * @returns its operations, each with its options, as the AWS CLI calls them; undefined when there is no such service
 */
export function operationsOf(botocore: string, service: string): Map<string, Set<string>> | undefined {
  const folder = path.join(botocore, 'data', service);
  if (!existsSync(folder)) return undefined;
  const version = readdirSync(folder).sort().at(-1) ?? '';
  const file = path.join(folder, version, 'service-2.json.gz');
  const { operations, shapes } = JSON.parse(gunzipSync(readFileSync(file)).toString()) as ServiceModel;
  return new Map(
    Object.entries(operations).map(([name, { input }]) => {
      const members = input === undefined ? {} : (shapes[input.shape]?.members ?? {});
      return [cliName(name), new Set(Object.keys(members).map((member) => `--${cliName(member)}`))];
    }),
  );
}
