/** A resource of a synthesised stack. */
export interface TerraformResource {
  /** `aws_kinesis_stream`; of data sources `data.aws_partition`. */
  readonly type: string;
  /** Terraform's name of it, which follows the type in expressions. */
  readonly id: string;
  /** Constructs above it, outermost first, without the stack: `event-streams/impressions`. */
  readonly path: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** A reference to another resource in an expression. */
export interface Reference {
  readonly type: string;
  readonly id: string;
  /** The attribute: `arn`, `id`. */
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
 * @returns the references of its expressions, in order
 */
export function referencesIn(value: string): Reference[] {
  return [...value.matchAll(EXPRESSION)].flatMap(([, inside = '']) =>
    [...inside.matchAll(REFERENCE)].map(([, type = '', id = '', attribute = '']) => ({ type, id, attribute })),
  );
}

/**
 * @param value any argument
 * @returns all references in it, at any depth
 */
export function allReferences(value: unknown): Reference[] {
  if (typeof value === 'string') return referencesIn(value);
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(allReferences);
}

/**
 * @param text text of Terraform
 * @param name returns the replacement of a reference
 * @returns the text in which each expression that is a single reference is replaced; other expressions stay
 */
export function withReferences(text: string, name: (reference: Reference) => string): string {
  return text.replace(EXPRESSION, (expression: string) => {
    const [reference, ...more] = referencesIn(expression);
    return reference === undefined || more.length > 0 ? expression : name(reference);
  });
}
