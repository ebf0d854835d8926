import { PROJECT } from '../naming';
import { type DeploymentScope, ownArns, ownTagsOnly } from './deployment-scope';
import { allow, allowOnEverything, deny, type Statement } from './policy';

/** @returns what Terraform needs for the roles of the pipeline and the key of its data (ADR 0012) */
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
    // Its own rights, and those of the role that plans, it must not widen.
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
    // KMS asks for this at CreateKey, when the key has no tag yet: a condition that the tag is there would refuse every first deployment. So any key without
    // the tag can be given it; nothing is allowed by the tag (see ownKey). What else the role does with its key, the policy of that key allows.
    allow('TagNewKeys', ['kms:TagResource'], own.keys, {
      StringEquals: { 'aws:RequestTag/Project': PROJECT },
      StringEqualsIfExists: { 'aws:ResourceTag/Project': PROJECT },
      ...ownTagsOnly(scope.environment),
    }),
    allow('WriteAliases', ['kms:CreateAlias', 'kms:DeleteAlias', 'kms:UpdateAlias'], own.aliases),
  ];
}
