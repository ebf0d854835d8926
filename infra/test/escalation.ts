import { type AnyStatement, type Context, mayDo } from './policy-evaluator';

/** A role of the account that is looked at. */
interface ModelRole {
  readonly arn: string;
  /** Whether it has the boundary. */
  readonly bounded: boolean;
}

/** An account, as far as roles are concerned. */
export interface AccountModel {
  readonly roles: readonly ModelRole[];
  /** ARN of the boundary. */
  readonly boundaryArn: string;
  /** What the boundary allows. */
  readonly boundary: readonly AnyStatement[];
}

const BOUNDARY_KEY = 'iam:PermissionsBoundary';

/** Give a role permissions. */
const WRITE_ROLE = ['iam:PutRolePolicy', 'iam:AttachRolePolicy'];
/** Let who does them act as a role: itself, or by a service that runs what it was told to. */
const BECOME_ROLE = ['iam:PassRole', 'iam:UpdateAssumeRolePolicy', 'sts:AssumeRole'];
/** Change roles, and give no one more than before. */
const HARMLESS =
  /^(?:iam:(?:Get|List)[A-Za-z]*\*?|iam:(?:DeleteRole|DeleteRolePolicy|TagRole|UntagRole|UpdateRole|UpdateRoleDescription))$/;
/** Judged for each role. */
const JUDGED = [
  ...WRITE_ROLE,
  ...BECOME_ROLE,
  'iam:CreateRole',
  'iam:PutRolePermissionsBoundary',
  'iam:DeleteRolePermissionsBoundary',
];

/**
 * Walks what a principal can do with IAM, step by step: as itself, and as every role that it can become.
 * @param start ARN of the role it begins as
 * @param statements all its policies
 * @param model of the account
 * @returns each way to permissions that the boundary does not bound, in words; empty if none exists
 */
export function waysOut(start: string, statements: readonly AnyStatement[], model: AccountModel): string[] {
  const found: string[] = [];
  const seen = new Set([start]);
  const queue = [{ arn: start, statements, path: start }];
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    const { path } = at;
    const may = (action: string, resource: string, context?: Context) =>
      mayDo(at?.statements ?? [], action, resource, context);
    found.push(...unjudged(at.statements).map((what) => `${path}: ${what}`));
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
        // At most what the boundary allows, whatever policies it has or is given.
        queue.push({ arn: role.arn, statements: model.boundary, path: `${path} > ${becomes[0]} ${role.arn}` });
      }
    }
  }
  return found;
}

/** @returns what is allowed of IAM and STS whose effect on roles is not judged: it counts as a way out */
function unjudged(statements: readonly AnyStatement[]): string[] {
  return statements
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Action, NotAction }) => {
      if (Action === undefined) return [`everything but ${(NotAction ?? []).join(', ')}`];
      const ofRoles = Action.filter((action) => /^(?:\*|iam:|sts:|organizations:|sso)/i.test(action));
      return ofRoles.filter((action) => !HARMLESS.test(action) && !JUDGED.includes(action));
    });
}
