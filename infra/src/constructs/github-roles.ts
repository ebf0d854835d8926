import { IamOpenidConnectProvider } from '@cdktf/provider-aws/lib/iam-openid-connect-provider';
import { IamPolicy } from '@cdktf/provider-aws/lib/iam-policy';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { Construct } from 'constructs';
import type { Environment } from '../environments/environment';
import { Account } from '../iam/account';
import { deployStatements } from '../iam/deploy-permissions';
import { boundaryStatements } from '../iam/boundary-permissions';
import { BOUNDARY, type DEPLOYMENT_ROLES, type DeploymentScope } from '../iam/deployment-scope';
import { planStatements } from '../iam/plan-permissions';
import { policyDocument, type Statement } from '../iam/policy';
import { resourceName } from '../naming';
import { publish } from '../output';

const ISSUER = 'token.actions.githubusercontent.com';
const AUDIENCE = 'sts.amazonaws.com';
/** Maximum session duration: an apply with buckets and streams takes minutes, and may wait for a snapshot. */
const SESSION_SECONDS = 3_600;

/** IAM accepts 6,144 characters; the ARNs of created resources may be longer than estimated. */
const POLICY_LENGTH = 5_500;

export interface GithubRolesProps {
  readonly environment: Environment;
  readonly settings: NonNullable<Environment['github']>;
  readonly stateBucketArn: string;
  /** Names of the Kinesis streams. */
  readonly streams: readonly string[];
}

/** Roles that workflows of one repository can assume for an hour, without a long-lived key. */
export class GithubRoles extends Construct {
  private readonly props: GithubRolesProps;
  private readonly providerArn: string;

  constructor(scope: Construct, id: string, props: GithubRolesProps) {
    super(scope, id);
    this.props = props;
    const { environment, settings } = props;
    const account = Account.of(this, environment);
    this.providerArn = settings.createProvider
      ? new IamOpenidConnectProvider(this, 'provider', { url: `https://${ISSUER}`, clientIdList: [AUDIENCE] }).arn
      : account.globalArn('iam', `oidc-provider/${ISSUER}`);
    const permissions: DeploymentScope = { ...props, account };
    new IamPolicy(this, 'boundary-policy', {
      name: resourceName(environment, BOUNDARY),
      description:
        'Limits the permissions of the roles of the pipeline; a deployment can create roles only with this boundary',
      policy: policyDocument(...boundaryStatements(permissions)),
    });
    const read = inPolicies(planStatements(permissions));
    this.role('plan', 'pull_request', {}, 'Compares the environment with the code of a pull request', read);
    this.role(
      'deploy',
      `environment:${environment.name}`,
      { ref: `refs/heads/${settings.branch}`, environment: environment.name },
      'Deploys the environment',
      [...read, ...inPolicies(deployStatements(permissions))],
    );
  }

  private role(
    part: (typeof DEPLOYMENT_ROLES)[number],
    context: string,
    claims: Readonly<Record<string, string>>,
    description: string,
    policies: readonly Statement[][],
  ): void {
    const { environment } = this.props;
    const name = resourceName(environment, part);
    const role = new IamRole(this, part, {
      name,
      description,
      maxSessionDuration: SESSION_SECONDS,
      assumeRolePolicy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Federated: this.providerArn },
            Action: 'sts:AssumeRoleWithWebIdentity',
            Condition: { StringEquals: this.claims(context, claims) },
          },
        ],
      }),
    });
    policies.forEach((statements, at) => {
      const id = `${part}-${at + 1}`;
      const policy = new IamPolicy(this, `${id}-policy`, {
        name: resourceName(environment, id),
        policy: policyDocument(...statements),
      });
      new IamRolePolicyAttachment(this, `${id}-attachment`, { role: role.name, policyArn: policy.arn });
    });
    publish(this, `${part}_role_arn`, role.arn, `Role of GitHub Actions: ${description.toLowerCase()}`);
  }

  /**
   * @param context of the workflow: the end of the subject of its token
   * @param claims further claims of the token
   * @returns the conditions on a token. Someone else can register a former name, but not a former id, so ids are required if they are known
   */
  private claims(context: string, claims: Readonly<Record<string, string>>): Record<string, string | string[]> {
    const { repository, ids } = this.props.settings;
    const [owner, name] = repository.split('/');
    const named = `repo:${repository}:${context}`;
    const all: Record<string, string | string[]> = {
      aud: AUDIENCE,
      // The form of a repository's tokens depends on when it was created or renamed.
      sub: ids === undefined ? named : [named, `repo:${owner}@${ids.owner}/${name}@${ids.repository}:${context}`],
      ...(ids === undefined ? {} : { repository_id: ids.repository }),
      ...claims,
    };
    return Object.fromEntries(Object.entries(all).map(([claim, value]) => [`${ISSUER}:${claim}`, value]));
  }
}

/**
 * @param statements of a role
 * @returns the statements, split into policies within the size limit of IAM
 */
export function inPolicies(statements: readonly Statement[]): Statement[][] {
  const policies: Statement[][] = [];
  for (const statement of statements) {
    const last = policies.at(-1);
    if (last !== undefined && lengthOf([...last, statement]) <= POLICY_LENGTH) last.push(statement);
    else policies.push([statement]);
  }
  return policies;
}

/** @returns the estimated size of a policy after its tokens are replaced by account and partition */
const lengthOf = (statements: readonly Statement[]) =>
  policyDocument(...statements).replaceAll(/\$\{[^}]*\}/g, '123456789012').length;
