import type { Statement } from '../src/iam/policy';

/** A statement of IAM, including elements that the project's own statements do not use. */
export type AnyStatement = Partial<Omit<Statement, 'Effect'>> & {
  readonly Effect: string;
  readonly NotAction?: readonly string[];
  readonly NotResource?: readonly string[];
};

/** Known values of a request's condition keys; undefined: the key is known to be absent. */
export type Context = Readonly<Record<string, string | undefined>>;

/** @returns whether a pattern with `*` and `?` matches the text; only actions are case-insensitive */
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

/** @returns whether the conditions are met; undefined: unknown in this context */
function met({ Condition = {} }: AnyStatement, context: Context): boolean | undefined {
  const results = Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, wanted]) => {
      if (!(key in context)) return undefined;
      const value = context[key];
      // An absent set does not contain a different value.
      if (value === undefined) return operator.endsWith('IfExists') || operator.startsWith('ForAllValues:');
      const patterns: readonly string[] = typeof wanted === 'string' ? [wanted] : wanted;
      // A set is represented by its only value.
      const kind = operator.replace(/^For(?:Any|All)Value?s?:/, '').replace('IfExists', '');
      if (kind === 'StringEquals' || kind === 'ArnEquals') return patterns.includes(value);
      return kind === 'StringLike' || kind === 'ArnLike' ? some(patterns, value) : undefined;
    }),
  );
  if (results.includes(false)) return false;
  return results.includes(undefined) ? undefined : true;
}

/**
 * Evaluates what may be possible: an unknown condition counts as met if the statement allows, and as not met if it denies.
 * @param statements of all policies of a principal
 * @param action such as `iam:CreateRole`
 * @param resource its ARN
 * @param context known values of the request
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
