import type { Statement } from '../src/iam/policy';

/** A statement as IAM takes it, also with what the project's own statements never have. */
export type AnyStatement = Partial<Omit<Statement, 'Effect'>> & {
  readonly Effect: string;
  readonly NotAction?: readonly string[];
  readonly NotResource?: readonly string[];
};

/** Values of condition keys that are known of a request; a key that is here as undefined is known to be absent. */
export type Context = Readonly<Record<string, string | undefined>>;

/** @returns whether a pattern with `*` and `?` has the text; letters of either case are the same in actions only */
export function matches(pattern: string, text: string, flags = ''): boolean {
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, flags).test(text);
}

const some = (patterns: readonly string[], text: string, flags?: string) =>
  patterns.some((pattern) => matches(pattern, text, flags));

function applies(statement: AnyStatement, action: string, resource: string): boolean {
  const { Action, NotAction, Resource, NotResource } = statement;
  const toAction = Action === undefined ? !some(NotAction ?? [], action, 'i') : some(Action, action, 'i');
  const toResource = Resource === undefined ? !some(NotResource ?? [], resource) : some(Resource, resource);
  return toAction && toResource;
}

/** @returns whether the conditions are met; undefined: that cannot be known from the context */
function met({ Condition = {} }: AnyStatement, context: Context): boolean | undefined {
  const results = Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, wanted]) => {
      if (!(key in context)) return undefined;
      const value = context[key];
      // A set that is absent has no value that differs.
      if (value === undefined) return operator.endsWith('IfExists') || operator.startsWith('ForAllValues:');
      const patterns: readonly string[] = typeof wanted === 'string' ? [wanted] : wanted;
      // A set is known here as its only value.
      const kind = operator.replace(/^For(?:Any|All)Value?s?:/, '').replace('IfExists', '');
      if (kind === 'StringEquals' || kind === 'ArnEquals') return patterns.includes(value);
      return kind === 'StringLike' || kind === 'ArnLike' ? some(patterns, value) : undefined;
    }),
  );
  if (results.includes(false)) return false;
  return results.includes(undefined) ? undefined : true;
}

/**
 * Says what may be possible: what is not known of a condition counts as met where it allows and as not met where it denies.
 * @param statements of all policies of a principal
 * @param action such as `iam:CreateRole`
 * @param resource its ARN
 * @param context what is known of the request
 */
export function mayDo(
  statements: readonly AnyStatement[],
  action: string,
  resource: string,
  context: Context = {},
): boolean {
  const toIt = statements.filter((statement) => applies(statement, action, resource));
  const denied = toIt.some((statement) => statement.Effect === 'Deny' && met(statement, context) === true);
  return !denied && toIt.some((statement) => statement.Effect === 'Allow' && met(statement, context) !== false);
}
