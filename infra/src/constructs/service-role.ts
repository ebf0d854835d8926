import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { Construct } from 'constructs';
import type { Environment } from '../environments/environment';
import { Account } from '../iam/account';
import { BOUNDARY, type SERVICE_ROLES } from '../iam/deployment-scope';
import { type Conditions, policyDocument, trust, type Statement } from '../iam/policy';
import { resourceName } from '../naming';

export interface ServiceRoleProps {
  readonly environment: Environment;
  /** Part of its name. */
  readonly part: (typeof SERVICE_ROLES)[number];
  readonly description: string;
  /** Service that assumes it, such as `lambda.amazonaws.com`, or several. */
  readonly service: string | readonly string[];
  /** ARN of the resource for which the service may assume it. */
  readonly sourceArn?: string;
  /** Other conditions, for services that do not pass the ARN of the resource. */
  readonly trustConditions?: Conditions;
  /** Its permissions. */
  readonly statements: readonly Statement[];
}

/** The role of one component, which only its service can assume, and only for this account. */
export class ServiceRole extends Construct {
  readonly arn: string;
  /** The policy of the role; resources that need the permissions depend on it. */
  readonly policy: IamRolePolicy;

  constructor(scope: Construct, id: string, props: ServiceRoleProps) {
    super(scope, id);
    const { environment, service, sourceArn } = props;
    const name = resourceName(environment, props.part);
    const role = new IamRole(this, 'role', {
      name,
      description: props.description,
      // The bootstrap creates the boundary for environments that GitHub deploys; an administrator who deploys manually does not need it.
      ...(environment.github === undefined
        ? {}
        : {
            permissionsBoundary: Account.of(this, environment).globalArn(
              'iam',
              `policy/${resourceName(environment, BOUNDARY)}`,
            ),
          }),
      assumeRolePolicy: trust(
        service,
        props.trustConditions ?? {
          StringEquals: { 'aws:SourceAccount': Account.of(this, environment).id },
          ...(sourceArn === undefined ? {} : { ArnEquals: { 'aws:SourceArn': sourceArn } }),
        },
      ),
    });
    this.policy = new IamRolePolicy(this, 'policy', {
      name,
      role: role.id,
      policy: policyDocument(...props.statements),
    });
    this.arn = role.arn;
  }
}
