import { PROJECT } from '../naming';
import { type DeploymentScope, OWN_TAG, ownArns } from './deployment-scope';
import { WRITE_KEYS } from './key-actions';
import { allow, allowOnEverything, deny, type Statement } from './policy';

/** @returns what Terraform needs for the roles of the pipeline and the key of its data (ADR 0012) */
export function deployAccessStatements(scope: DeploymentScope): Statement[] {
  const own = ownArns(scope);
  const passedTo = [
    'kinesisanalytics.amazonaws.com',
    'lambda.amazonaws.com',
    'firehose.amazonaws.com',
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
    // What it makes can do no more than the boundary, whatever policies it is given.
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
      "A key has no ARN before it is made; the condition wants the project's tag on it.",
      {
        StringEquals: { 'aws:RequestTag/Project': PROJECT },
      },
    ),
    // KMS asks for this at CreateKey, when the key has no tag yet: a condition that the tag is there would refuse every first deployment.
    allow('TagNewKeys', ['kms:TagResource'], own.keys, {
      StringEquals: { 'aws:RequestTag/Project': PROJECT },
      StringEqualsIfExists: { 'aws:ResourceTag/Project': PROJECT },
    }),
    allow('WriteKeys', WRITE_KEYS, own.keys, OWN_TAG),
    allow('WriteAliases', ['kms:CreateAlias', 'kms:DeleteAlias', 'kms:UpdateAlias'], own.aliases),
  ];
}
