import { type Access, accessOfAll } from './access';
import type { NamedStack } from './named-stack';
import { type TerraformResource, allReferences } from './terraform-json';

/** Permissions of the roles: one statement, one resource. */
export interface Grant {
  /** Purpose of the statement (its Sid). */
  readonly sid: string;
  readonly effect: 'Allow' | 'Deny';
  /** Key of the resource that has the role, or the name of a service or of an account. */
  readonly principal: string;
  readonly actions: readonly string[];
  /** Key of the resource, if it is in the stack. */
  readonly resource?: string;
  /** The resource of the policy in readable form. */
  readonly target: string;
  /** Readable conditions, `StringEquals aws:SourceAccount = <account>`. */
  readonly conditions: readonly string[];
  readonly access: Access;
}

interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: unknown;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** @returns key of a resource in the model: its type and its path */
export function keyOf({ type, path }: TerraformResource): string {
  return `${type}:${path}`;
}

const list = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;

/** @returns statements of a policy document; empty if the argument is not the JSON of a policy */
function statementsOf(document: unknown): Statement[] {
  if (typeof document !== 'string') return [];
  try {
    const { Statement: all } = JSON.parse(document) as { Statement?: Statement | Statement[] };
    return all === undefined ? [] : Array.isArray(all) ? all : [all];
  } catch {
    return [];
  }
}

function conditionsOf({ Condition = {} }: Statement, stack: NamedStack): string[] {
  return Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(
      ([key, values]) =>
        `${operator} ${key} = ${list(values)
          .map((one) => stack.readable(one))
          .join(', ')}`,
    ),
  );
}

/** @returns names of a statement's principals, such as `lambda.amazonaws.com` */
function principals({ Principal }: Statement, stack: NamedStack): string[] {
  if (Principal === undefined) return [];
  if (typeof Principal === 'string') return [Principal === '*' ? 'everybody' : stack.readable(Principal)];
  return Object.values(Principal as Record<string, string | readonly string[]>)
    .flatMap(list)
    .map((one) => (one === '*' ? 'everybody' : stack.readable(one)));
}

/** @returns the grants of the statement for one principal */
function grantsOf(statement: Statement, principal: string, stack: NamedStack, own?: TerraformResource): Grant[] {
  const actions = list(statement.Action);
  const base = {
    sid: statement.Sid ?? '',
    effect: statement.Effect,
    principal,
    actions,
    conditions: conditionsOf(statement, stack),
    access: accessOfAll(actions),
  };
  return list(statement.Resource).map((resource): Grant => {
    const named = resource === '*' ? own : stack.named(resource);
    return {
      ...base,
      target: resource === '*' && own !== undefined ? stack.nameOf(own) : stack.readable(resource),
      ...(named === undefined ? {} : { resource: keyOf(named) }),
    };
  });
}

/** @returns the resources that use a role, by the role's key; an unused role is returned as itself */
function actorsOfRoles(stack: NamedStack): Map<string, string[]> {
  const actors = new Map<string, string[]>();
  for (const resource of stack.resources) {
    if (resource.type.startsWith('aws_iam_') || resource.type.startsWith('data.')) continue;
    for (const reference of allReferences(resource.args)) {
      if (reference.type !== 'aws_iam_role' || reference.attribute !== 'arn') continue;
      const role = stack.find(reference);
      if (role === undefined) continue;
      const key = keyOf(role);
      actors.set(key, [...new Set([...(actors.get(key) ?? []), keyOf(resource)])]);
    }
  }
  return actors;
}

/** @returns keys of the roles that a policy is attached to */
function rolesOf(policy: TerraformResource, stack: NamedStack): string[] {
  return stack.resources
    .filter(({ type, args }) => type === 'aws_iam_role_policy_attachment' && stack.named(args['policy_arn']) === policy)
    .flatMap(({ args }) => {
      const role = stack.named(args['role']);
      return role === undefined ? [] : [keyOf(role)];
    });
}

/**
 * @param stack synthesised stack
 * @returns everything that the policies of roles and of resources allow or deny
 */
export function grants(stack: NamedStack): Grant[] {
  const actors = actorsOfRoles(stack);
  const all: Grant[] = [];
  for (const resource of stack.resources) {
    if (resource.type === 'aws_iam_role_policy') {
      const role = stack.named(resource.args['role']);
      if (role === undefined) continue;
      const who = actors.get(keyOf(role)) ?? [keyOf(role)];
      for (const statement of statementsOf(resource.args['policy']))
        for (const principal of who) all.push(...grantsOf(statement, principal, stack));
    } else if (resource.type === 'aws_iam_policy') {
      for (const statement of statementsOf(resource.args['policy']))
        for (const role of rolesOf(resource, stack)) all.push(...grantsOf(statement, role, stack));
    } else if (resource.type !== 'aws_iam_role') {
      const own = resource.type === 'aws_kms_key' ? resource : undefined;
      for (const statement of statementsOf(resource.args['policy'] ?? resource.args['access_policy']))
        for (const principal of principals(statement, stack)) all.push(...grantsOf(statement, principal, stack, own));
    }
  }
  return all;
}

/** Who can assume a role. */
export interface Trust {
  readonly role: string;
  readonly roleName: string;
  readonly trusted: readonly string[];
  readonly conditions: readonly string[];
  /** Resources that use it. */
  readonly actors: readonly string[];
}

/** @returns each role, with the principals that can assume it and the resources that use it */
export function trusts(stack: NamedStack): Trust[] {
  const actors = actorsOfRoles(stack);
  return stack.resources
    .filter(({ type }) => type === 'aws_iam_role')
    .map((role): Trust => {
      const statements = statementsOf(role.args['assume_role_policy']);
      return {
        role: keyOf(role),
        roleName: stack.nameOf(role),
        trusted: statements.flatMap((statement) => principals(statement, stack)),
        conditions: statements.flatMap((statement) => conditionsOf(statement, stack)),
        actors: actors.get(keyOf(role)) ?? [],
      };
    });
}
