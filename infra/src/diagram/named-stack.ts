import { type Reference, type TerraformResource, referencesIn, resourcesOf, withReferences } from './terraform-json';

/** Arguments that name a resource, the best first. */
const NAME_ARGUMENTS = [
  'name',
  'function_name',
  'bucket',
  'alarm_name',
  'dashboard_name',
  'namespace_name',
  'workgroup_name',
  'display_name',
  'key',
];

/** Placeholders for the account and the partition, which are not known before a deployment. */
const DATA_NAMES: Readonly<Record<string, string>> = {
  'data.aws_caller_identity': '<account>',
  'data.aws_partition': 'aws',
};

/** Attributes that identify a resource like its name. */
const SAME_AS_NAME = new Set(['arn', 'id', 'name', 'url', 'bucket', 'function_name', 'key', 'key_id', 'queue_url']);

/** Content hashes and keys that contain one: they change with each build, but are not part of the architecture. */
const HASH = /[0-9a-f]{32,64}|[A-Za-z0-9+/]{43}=/g;

/** A synthesised stack that knows the names of its resources. */
export class NamedStack {
  readonly resources: readonly TerraformResource[];
  private readonly byReference: ReadonlyMap<string, TerraformResource>;

  /** @param stack `cdk.tf.json`, parsed */
  constructor(stack: Readonly<Record<string, unknown>>) {
    this.resources = resourcesOf(stack);
    this.byReference = new Map(this.resources.map((resource) => [`${resource.type}.${resource.id}`, resource]));
  }

  /** @returns the resource that an expression refers to; undefined if it is not in the stack */
  find({ type, id }: Reference): TerraformResource | undefined {
    return this.byReference.get(`${type}.${id}`);
  }

  /** @returns the first resource that a text refers to; data sources are ignored */
  named(text: unknown): TerraformResource | undefined {
    if (typeof text !== 'string') return undefined;
    return referencesIn(text)
      .map((reference) => this.find(reference))
      .find((resource) => resource !== undefined && !resource.type.startsWith('data.'));
  }

  /** @returns its name in AWS, or its path among the constructs if AWS assigns the name */
  nameOf(resource: TerraformResource): string {
    // The name of a key is its alias.
    const alias = this.resources.find(
      ({ type, args }) => type === 'aws_kms_alias' && this.named(args['target_key_id']) === resource,
    );
    if (alias !== undefined) return this.nameOf(alias);
    for (const argument of NAME_ARGUMENTS) {
      const value = resource.args[argument];
      if (typeof value !== 'string') continue;
      // The name of the bucket is an argument of its policy, but not the policy's name.
      const names = this.named(value);
      if (names !== undefined) continue;
      return this.readable(value);
    }
    return resource.path;
  }

  /** @returns the text in readable form: a name for each reference to a resource, `<account>` for the account */
  readable(text: string): string {
    return withReferences(text, (reference) => {
      const known = DATA_NAMES[reference.type];
      if (known !== undefined) return known;
      const { type, attribute } = reference;
      const resource = this.find(reference);
      const name = resource === undefined ? type : this.nameOf(resource);
      return resource !== undefined && SAME_AS_NAME.has(attribute) ? name : `${name} (${attribute})`;
    }).replace(HASH, '<content hash>');
  }
}
