import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

/** A shape of botocore's description of a service, as far as it is needed. */
interface Shape {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, { readonly shape: string }>>;
  readonly member?: { readonly shape: string };
  readonly value?: { readonly shape: string };
}

interface Operation {
  readonly input?: { readonly shape: string };
  readonly output?: { readonly shape: string };
}

/** What of botocore's description of a service is needed. */
export interface ServiceModel {
  readonly operations: Readonly<Record<string, Operation>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

/** @returns `list-shards` for `ListShards`, as the AWS CLI makes names of operations and of their parameters */
export function cliName(name: string): string {
  return name
    .replace(/(.)([A-Z][a-z]+)/g, '$1-$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase();
}

/** Services that the AWS CLI calls otherwise than botocore. */
const RENAMED: Readonly<Record<string, string>> = { s3api: 's3' };

/**
 * @param botocore folder of the Python package that the AWS CLI is made of
 * @param service as the AWS CLI calls it
 * @returns the description of the service's newest version; undefined when the service does not exist
 */
export function serviceModel(botocore: string, service: string): ServiceModel | undefined {
  const folder = path.join(botocore, 'data', RENAMED[service] ?? service);
  if (!existsSync(folder)) return undefined;
  const version = readdirSync(folder).sort().at(-1) ?? '';
  const file = path.join(folder, version, 'service-2.json.gz');
  return JSON.parse(gunzipSync(readFileSync(file)).toString()) as ServiceModel;
}

/** An operation of a service, as the AWS CLI takes it. */
export class AwsOperation {
  private constructor(
    private readonly model: ServiceModel,
    private readonly operation: Operation,
  ) {}

  /** @returns the operation of that name of the AWS CLI, such as `list-shards`; undefined if none exists */
  static of(model: ServiceModel, cli: string): AwsOperation | undefined {
    const found = Object.entries(model.operations).find(([name]) => cliName(name) === cli);
    return found === undefined ? undefined : new AwsOperation(model, found[1]);
  }

  private shape(name: string | undefined): Shape {
    return (name === undefined ? undefined : this.model.shapes[name]) ?? {};
  }

  /** @returns whether it has the option; `--no-` before the name of a switch counts */
  has(option: string): boolean {
    return this.parameter(option) !== undefined;
  }

  private parameter(option: string): string | undefined {
    const members = Object.entries(this.shape(this.operation.input?.shape).members ?? {});
    return members.find(([name]) => [`--${cliName(name)}`, `--no-${cliName(name)}`].includes(option))?.[1].shape;
  }

  /**
   * @param option that takes a structure
   * @param value parsed JSON
   * @returns what in the value the service does not know: names, values of enumerations, required members that are missing
   */
  problems(option: string, value: unknown): string[] {
    return this.problemsOf(this.parameter(option), value, option);
  }

  private problemsOf(name: string | undefined, value: unknown, at: string): string[] {
    const shape = this.shape(name);
    if (shape.enum !== undefined && !shape.enum.includes(String(value))) return [`${at}: ${String(value)}`];
    // The service takes JSON documents, such as policies, as text.
    if (shape.type === 'string') return [];
    if (Array.isArray(value)) return value.flatMap((one, i) => this.problemsOf(shape.member?.shape, one, `${at}/${i}`));
    if (typeof value !== 'object' || value === null) return [];
    const entries = Object.entries(value);
    if (shape.type === 'map') {
      return entries.flatMap(([key, one]) => this.problemsOf(shape.value?.shape, one, `${at}/${key}`));
    }
    const missing = (shape.required ?? []).filter((key) => !(key in value)).map((key) => `${at}/${key} is missing`);
    const wrong = entries.flatMap(([key, one]) => {
      const member = shape.members?.[key];
      return member === undefined ? [`${at}/${key}`] : this.problemsOf(member.shape, one, `${at}/${key}`);
    });
    return [...missing, ...wrong];
  }

  /**
   * @param query of `--query`: names with dots, `[]` or `[?...]` for the elements of a list, `[A,B]` at the end for several
   * @returns names that its answer does not have there
   */
  unknownInAnswer(query: string): string[] {
    const [, head = '', tail] = /^(.*?)\.?(?:\[([A-Za-z.,]+)\])?$/.exec(query) ?? [];
    const paths = tail === undefined ? [head] : tail.split(',').map((one) => (head === '' ? one : `${head}.${one}`));
    return paths.filter((one) => !this.answers(one));
  }

  private answers(query: string): boolean {
    let at = this.operation.output?.shape;
    for (const step of query.replaceAll(/\[[^\]]*\]/g, '[]').split('.')) {
      at = this.shape(at).members?.[step.replace('[]', '')]?.shape;
      if (at === undefined) return false;
      if (step.endsWith('[]')) at = this.shape(at).member?.shape;
    }
    return true;
  }
}
