import { PROJECT } from '../naming';
import { type DeploymentScope, ownArns, ownTagsOnly } from './deployment-scope';
import { allow, allowOnEverything, deny, type Statement } from './policy';

/** @returns the permissions that Terraform needs for the roles of the pipeline and the key of its data (ADR 0012) */
export function deployAccessStatements(scope: DeploymentScope): Statement[] {
  const own = ownArns(scope);
  const passedTo = [
    'kinesisanalytics.amazonaws.com',
    'lambda.amazonaws.com',
    'firehose.amazonaws.com',
    ...(scope.environment.archive.iceberg === undefined ? [] : ['glue.amazonaws.com']),
    ...(scope.environment.flink.snapshots === undefined ? [] : ['scheduler.amazonaws.com', 'states.amazonaws.com']),
    ...(scope.environment.warehouse === undefined
      ? []
      : ['redshift-serverless.amazonaws.com', 'redshift.amazonaws.com']),
  ];
  return [
    allow(
      'WriteRoles',
      [
        'iam:DeleteRole',
        'iam:ListInstanceProfilesForRole',
        'iam:TagRole',
        'iam:UntagRole',
        'iam:UpdateAssumeRolePolicy',
        'iam:UpdateRole',
        'iam:UpdateRoleDescription',
      ],
      own.roles,
    ),
    // The roles that it creates cannot exceed the boundary, regardless of their policies.
    allow(
      'WriteBoundedRoles',
      ['iam:CreateRole', 'iam:DeleteRolePolicy', 'iam:PutRolePermissionsBoundary', 'iam:PutRolePolicy'],
      own.roles,
      { StringEquals: { 'iam:PermissionsBoundary': own.boundary } },
    ),
    // It must not extend its own permissions or those of the planning role.
    deny('KeepOwnRights', ['iam:*'], own.deploymentRoles),
    allow('GiveRoles', ['iam:PassRole'], own.roles, { StringEquals: { 'iam:PassedToService': passedTo } }),
    allowOnEverything(
      'MakeKeys',
      ['kms:CreateKey'],
      "A key does not have an ARN before its creation; the condition requires the project's tag.",
      {
        StringEquals: { 'aws:RequestTag/Project': PROJECT },
      },
    ),
    // KMS checks this permission at CreateKey, when the key has no tag yet: a condition on the tag would block every first deployment. So
    // the role can tag any key without the tag, but no permission depends on the tag (see ownKey). The key policy grants the role's other
    // permissions on its key.
    allow('TagNewKeys', ['kms:TagResource'], own.keys, {
      StringEquals: { 'aws:RequestTag/Project': PROJECT },
      StringEqualsIfExists: { 'aws:ResourceTag/Project': PROJECT },
      ...ownTagsOnly(scope.environment),
    }),
    allow('WriteAliases', ['kms:CreateAlias', 'kms:DeleteAlias', 'kms:UpdateAlias'], own.aliases),
  ];
}
