/** A resource of a synthesised stack. */
export interface TerraformResource {
  /** `aws_kinesis_stream`; of data sources `data.aws_partition`. */
  readonly type: string;
  /** Terraform's name of it: what expressions name it by, after the type. */
  readonly id: string;
  /** Constructs above it, outermost first, without the stack: `event-streams/impressions`. */
  readonly path: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** What another resource is named for in an expression. */
export interface Reference {
  readonly type: string;
  readonly id: string;
  /** What of it: `arn`, `id`. */
  readonly attribute: string;
}

interface Block {
  readonly '//'?: { readonly metadata?: { readonly path?: string } };
}

type Blocks = Readonly<Record<string, Readonly<Record<string, Block & Record<string, unknown>>>>>;

/**
 * @param stack `cdk.tf.json`, parsed
 * @returns its resources, then its data sources
 */
export function resourcesOf(stack: Readonly<Record<string, unknown>>): TerraformResource[] {
  const of = (blocks: Blocks, prefix: string) =>
    Object.entries(blocks).flatMap(([type, all]) =>
      Object.entries(all).map(([id, { '//': comment, ...args }]): TerraformResource => {
        const [, ...path] = (comment?.metadata?.path ?? `/${id}`).split('/');
        return { type: `${prefix}${type}`, id, path: path.join('/'), args };
      }),
    );
  return [...of((stack['resource'] ?? {}) as Blocks, ''), ...of((stack['data'] ?? {}) as Blocks, 'data.')];
}

const REFERENCE = /\b((?:data\.)?aws_[a-z0-9_]+)\.([A-Za-z0-9_-]+)(?:\[\d+\])?\.([a-z_]+)/g;
const EXPRESSION = /\$\{([^{}]*)\}/g;

/**
 * @param value text of Terraform, with or without expressions
 * @returns what its expressions name, in order
 */
export function referencesIn(value: string): Reference[] {
  return [...value.matchAll(EXPRESSION)].flatMap(([, inside = '']) =>
    [...inside.matchAll(REFERENCE)].map(([, type = '', id = '', attribute = '']) => ({ type, id, attribute })),
  );
}

/**
 * @param value any argument
 * @returns all references in it, however deep
 */
export function allReferences(value: unknown): Reference[] {
  if (typeof value === 'string') return referencesIn(value);
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(allReferences);
}

/**
 * @param text text of Terraform
 * @param name what to say for a reference
 * @returns the text with each expression that is one reference replaced; others stay
 */
export function withReferences(text: string, name: (reference: Reference) => string): string {
  return text.replace(EXPRESSION, (expression: string) => {
    const [reference, ...more] = referencesIn(expression);
    return reference === undefined || more.length > 0 ? expression : name(reference);
  });
}
