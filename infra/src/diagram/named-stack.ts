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

/** What stands for the account and the partition, which no one knows before a deployment. */
const DATA_NAMES: Readonly<Record<string, string>> = {
  'data.aws_caller_identity': '<account>',
  'data.aws_partition': 'aws',
};

/** Attributes that are as good as the name. */
const SAME_AS_NAME = new Set(['arn', 'id', 'name', 'url', 'bucket', 'function_name', 'key', 'key_id', 'queue_url']);

/** Content hashes, and keys that are made of one: they change with each build, the architecture does not. */
const HASH = /[0-9a-f]{32,64}|[A-Za-z0-9+/]{43}=/g;

/** A synthesised stack whose resources can be called by their names. */
export class NamedStack {
  readonly resources: readonly TerraformResource[];
  private readonly byReference: ReadonlyMap<string, TerraformResource>;

  /** @param stack `cdk.tf.json`, parsed */
  constructor(stack: Readonly<Record<string, unknown>>) {
    this.resources = resourcesOf(stack);
    this.byReference = new Map(this.resources.map((resource) => [`${resource.type}.${resource.id}`, resource]));
  }

  /** @returns what an expression names; undefined for what is not in the stack */
  find({ type, id }: Reference): TerraformResource | undefined {
    return this.byReference.get(`${type}.${id}`);
  }

  /** @returns the first resource, no data source, that a text names */
  named(text: unknown): TerraformResource | undefined {
    if (typeof text !== 'string') return undefined;
    return referencesIn(text)
      .map((reference) => this.find(reference))
      .find((resource) => resource !== undefined && !resource.type.startsWith('data.'));
  }

  /** @returns its name in AWS, or, where AWS gives it one, its place among the constructs */
  nameOf(resource: TerraformResource): string {
    // A key is called by its alias.
    const alias = this.resources.find(
      ({ type, args }) => type === 'aws_kms_alias' && this.named(args['target_key_id']) === resource,
    );
    if (alias !== undefined) return this.nameOf(alias);
    for (const argument of NAME_ARGUMENTS) {
      const value = resource.args[argument];
      if (typeof value !== 'string') continue;
      // A bucket's policy has its bucket's name for an argument, not for a name.
      const names = this.named(value);
      if (names !== undefined) continue;
      return this.readable(value);
    }
    return resource.path;
  }

  /** @returns the text as a person reads it: a name for each reference to a resource, `<account>` for the account */
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
