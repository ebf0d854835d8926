/** IAM policies as data. */

/** Conditions of a statement: `{StringEquals: {"aws:SourceAccount": "..."}}`. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** One statement of a policy, in IAM's own terms. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: '*' | Readonly<Record<string, string | readonly string[]>>;
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Conditions;
}

/**
 * @param sid purpose, in letters and digits
 * @param actions such as `kinesis:GetRecords`
 * @param resources ARNs; none may be all resources
 * @param conditions further restrictions
 * @returns a statement that allows the actions
 * @throws {Error} when a resource is `*`: use {@link allowOnEverything} with a reason
 */
export function allow(
  sid: string,
  actions: readonly string[],
  resources: readonly string[],
  conditions?: Conditions,
): Statement {
  if (resources.includes('*')) throw new Error(`${sid}: name the resources`);
  return statement(sid, actions, resources, conditions);
}

/**
 * @param sid purpose
 * @param actions that are denied, even if another statement allows them
 * @param resources ARNs
 */
export function deny(sid: string, actions: readonly string[], resources: readonly string[]): Statement {
  return { Sid: sid, Effect: 'Deny', Action: actions, Resource: resources };
}

/**
 * For actions that do not support resources: they require the resource `*`.
 * @param sid purpose
 * @param actions that cannot be restricted to a resource
 * @param reason why not; required, as documentation
 * @param conditions other restrictions
 * @returns a statement that allows them on all resources
 */
export function allowOnEverything(
  sid: string,
  actions: readonly string[],
  reason: string,
  conditions?: Conditions,
): Statement {
  if (reason.trim() === '') throw new Error(`${sid}: say why no resource can be named`);
  return statement(sid, actions, ['*'], conditions);
}

function statement(
  Sid: string,
  Action: readonly string[],
  Resource: readonly string[],
  Condition?: Conditions,
): Statement {
  return { Sid, Effect: 'Allow', Action, Resource, ...(Condition === undefined ? {} : { Condition }) };
}

/**
 * @param principals `{Service: 'lambda.amazonaws.com'}`
 * @param statement their permissions; with principals, it belongs to a resource policy
 */
export function by(principals: NonNullable<Statement['Principal']>, statement: Statement): Statement {
  return { ...statement, Principal: principals };
}

/** @returns a statement that denies requests without TLS; for the policy of a bucket, queue or topic */
export function denyWithoutTls(actions: string, resources: readonly string[]): Statement {
  return {
    Sid: 'OnlyTls',
    Effect: 'Deny',
    Principal: '*',
    Action: [actions],
    Resource: resources,
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
}

/** @returns the policy's JSON */
export function policyDocument(...statements: readonly Statement[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

/**
 * @param service such as `lambda.amazonaws.com`, or several
 * @param conditions that prevent the service from acting for another account (confused deputy)
 * @returns the trust policy of a role
 */
export function trust(service: string | readonly string[], conditions: Conditions): string {
  const Statement = [
    { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole', Condition: conditions },
  ];
  return JSON.stringify({ Version: '2012-10-17', Statement });
}
