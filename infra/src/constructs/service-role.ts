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
  /** Who takes it, such as `lambda.amazonaws.com`, or several. */
  readonly service: string | readonly string[];
  /** For whom the service may take it: the ARN of the resource that has the role. */
  readonly sourceArn?: string;
  /** Instead, where the service does not say so: what it does say, and must be. */
  readonly trustConditions?: Conditions;
  /** All it may do. */
  readonly statements: readonly Statement[];
}

/** The role of one part, which only its service can take, for this account. */
export class ServiceRole extends Construct {
  readonly arn: string;
  /** What may be done; a resource that needs the role to work depends on it. */
  readonly policy: IamRolePolicy;

  constructor(scope: Construct, id: string, props: ServiceRoleProps) {
    super(scope, id);
    const { environment, service, sourceArn } = props;
    const name = resourceName(environment, props.part);
    const role = new IamRole(this, 'role', {
      name,
      description: props.description,
      // The bootstrap makes it for environments that GitHub deploys; an administrator who deploys by hand needs none.
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
