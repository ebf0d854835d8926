import { type AnyStatement, type Context, mayDo } from './policy-evaluator';

/** A role of the analysed account. */
interface ModelRole {
  readonly arn: string;
  /** Whether it has the boundary. */
  readonly bounded: boolean;
}

/** The roles of an account. */
export interface AccountModel {
  readonly roles: readonly ModelRole[];
  /** ARN of the boundary. */
  readonly boundaryArn: string;
  /** Statements of the boundary. */
  readonly boundary: readonly AnyStatement[];
}

const BOUNDARY_KEY = 'iam:PermissionsBoundary';

/** Actions that grant a role permissions. */
const WRITE_ROLE = ['iam:PutRolePolicy', 'iam:AttachRolePolicy'];
/** Actions that let the caller act as a role: directly, or through a service that runs the caller's code. */
const BECOME_ROLE = ['iam:PassRole', 'iam:UpdateAssumeRolePolicy', 'sts:AssumeRole'];
/** Actions that change roles without granting permissions. */
const HARMLESS =
  /^(?:iam:(?:Get|List)[A-Za-z]*\*?|iam:(?:DeleteRole|DeleteRolePolicy|TagRole|UntagRole|UpdateRole|UpdateRoleDescription))$/;
/** Actions whose effect is analysed for each role. */
const ANALYSED = [
  ...WRITE_ROLE,
  ...BECOME_ROLE,
  'iam:CreateRole',
  'iam:PutRolePermissionsBoundary',
  'iam:DeleteRolePermissionsBoundary',
];

/**
 * Analyses what a principal can do with IAM, step by step: as itself, and as every role that it can assume.
 * @param start ARN of the first role
 * @param statements all its policies
 * @param model of the account
 * @returns each path to permissions beyond the boundary, as text; empty if none was found
 */
export function waysOut(start: string, statements: readonly AnyStatement[], model: AccountModel): string[] {
  const found: string[] = [];
  const seen = new Set([start]);
  const queue = [{ arn: start, statements, path: start }];
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    const { path } = at;
    const may = (action: string, resource: string, context?: Context) =>
      mayDo(at?.statements ?? [], action, resource, context);
    found.push(...unknownEffects(at.statements).map((what) => `${path}: ${what}`));
    for (const role of model.roles) {
      const ofRole = { [BOUNDARY_KEY]: role.bounded ? model.boundaryArn : undefined };
      for (const boundary of [undefined, 'arn:aws:iam::aws:policy/AdministratorAccess']) {
        for (const action of ['iam:CreateRole', 'iam:PutRolePermissionsBoundary']) {
          if (action === 'iam:PutRolePermissionsBoundary' && boundary === undefined) continue;
          if (may(action, role.arn, { [BOUNDARY_KEY]: boundary })) {
            found.push(`${path}: ${action} ${role.arn} with the boundary ${boundary ?? 'none'}`);
          }
        }
      }
      if (may('iam:DeleteRolePermissionsBoundary', role.arn, ofRole)) {
        found.push(`${path}: iam:DeleteRolePermissionsBoundary ${role.arn}`);
      }
      const writes = WRITE_ROLE.filter((action) => may(action, role.arn, ofRole));
      const becomes = BECOME_ROLE.filter((action) => may(action, role.arn));
      if (!role.bounded) {
        found.push(...[...writes, ...becomes].map((action) => `${path}: ${action} ${role.arn}, which has no boundary`));
      } else if (becomes.length > 0 && !seen.has(role.arn)) {
        seen.add(role.arn);
        // Its permissions cannot exceed the boundary, whatever its policies are.
        queue.push({ arn: role.arn, statements: model.boundary, path: `${path} > ${becomes[0]} ${role.arn}` });
      }
    }
  }
  return found;
}

/** @returns allowed actions of IAM and STS with an unknown effect on roles: they count as an escalation */
function unknownEffects(statements: readonly AnyStatement[]): string[] {
  return statements
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Action, NotAction }) => {
      if (Action === undefined) return [`everything but ${(NotAction ?? []).join(', ')}`];
      const ofRoles = Action.filter((action) => /^(?:\*|iam:|sts:|organizations:|sso)/i.test(action));
      return ofRoles.filter((action) => !HARMLESS.test(action) && !ANALYSED.includes(action));
    });
}
