import { PROJECT } from '../naming';
import { type DeploymentScope, OWN_TAG, ownArns, stateKeys } from './deployment-scope';
import { WRITE_KEYS } from './key-actions';
import { deployNetworkStatements, findNetworkStatements } from './network-permissions';
import { allow, allowOnEverything, deny, type Statement } from './policy';
import { deployWarehouseStatements } from './warehouse-permissions';

/** @returns what Terraform needs besides, to make the environment what its code says; and what starts and stops the application */
export function deployStatements(scope: DeploymentScope): Statement[] {
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
    allow('WriteState', ['s3:PutObject', 's3:DeleteObject'], [stateKeys(scope)]),
    allow(
      'WriteStreams',
      [
        'kinesis:AddTagsToStream',
        'kinesis:CreateStream',
        'kinesis:DecreaseStreamRetentionPeriod',
        'kinesis:DeleteResourcePolicy',
        'kinesis:DeleteStream',
        'kinesis:IncreaseStreamRetentionPeriod',
        'kinesis:PutResourcePolicy',
        'kinesis:RemoveTagsFromStream',
        'kinesis:StartStreamEncryption',
        'kinesis:StopStreamEncryption',
        'kinesis:TagResource',
        'kinesis:UntagResource',
        'kinesis:UpdateShardCount',
        'kinesis:UpdateStreamMode',
      ],
      own.streams,
    ),
    allow(
      'WriteApplications',
      [
        'kinesisanalytics:AddApplication*',
        'kinesisanalytics:CreateApplication',
        'kinesisanalytics:CreateApplicationSnapshot',
        'kinesisanalytics:DeleteApplication*',
        'kinesisanalytics:DescribeApplication*',
        'kinesisanalytics:ListApplicationOperations',
        'kinesisanalytics:ListApplicationSnapshots',
        'kinesisanalytics:ListApplicationVersions',
        'kinesisanalytics:RollbackApplication',
        'kinesisanalytics:StartApplication',
        'kinesisanalytics:StopApplication',
        'kinesisanalytics:TagResource',
        'kinesisanalytics:UntagResource',
        'kinesisanalytics:UpdateApplication',
      ],
      own.applications,
    ),
    allow(
      'WriteFunctions',
      [
        'lambda:CreateFunction',
        'lambda:DeleteFunction*',
        'lambda:PutFunctionConcurrency',
        'lambda:TagResource',
        'lambda:UntagResource',
        'lambda:UpdateFunction*',
      ],
      own.functions,
    ),
    allow(
      'WriteMappings',
      [
        'lambda:DeleteEventSourceMapping',
        'lambda:TagResource',
        'lambda:UntagResource',
        'lambda:UpdateEventSourceMapping',
      ],
      own.mappings,
    ),
    allowOnEverything(
      'MakeMappings',
      ['lambda:CreateEventSourceMapping'],
      'A mapping has no ARN before it is made; the condition names the functions.',
      { ArnLike: { 'lambda:FunctionArn': own.functions } },
    ),
    allow(
      'WriteTables',
      [
        'dynamodb:CreateTable',
        'dynamodb:DeleteTable',
        'dynamodb:TagResource',
        'dynamodb:UntagResource',
        'dynamodb:UpdateContinuousBackups',
        'dynamodb:UpdateTable',
        'dynamodb:UpdateTimeToLive',
      ],
      own.tables,
    ),
    allow(
      'WriteQueues',
      ['sqs:CreateQueue', 'sqs:DeleteQueue', 'sqs:SetQueueAttributes', 'sqs:TagQueue', 'sqs:UntagQueue'],
      own.queues,
    ),
    allow(
      'WriteTopics',
      [
        'sns:CreateTopic',
        'sns:DeleteTopic',
        'sns:SetTopicAttributes',
        'sns:Subscribe',
        'sns:Unsubscribe',
        'sns:TagResource',
        'sns:UntagResource',
      ],
      own.topics,
    ),
    allow(
      'WriteLogGroups',
      [
        'logs:AssociateKmsKey',
        'logs:CreateLog*',
        'logs:DeleteLogGroup',
        'logs:DeleteLogStream',
        'logs:DisassociateKmsKey',
        'logs:PutRetentionPolicy',
        'logs:TagResource',
        'logs:UntagResource',
      ],
      own.logs,
    ),
    allow(
      'WriteAlarms',
      [
        'cloudwatch:DeleteAlarms',
        'cloudwatch:DeleteDashboards',
        'cloudwatch:PutDashboard',
        'cloudwatch:PutMetricAlarm',
        'cloudwatch:TagResource',
        'cloudwatch:UntagResource',
      ],
      own.alarms,
    ),
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
    allow(
      'WriteBuckets',
      [
        's3:CreateBucket',
        's3:DeleteBucket',
        's3:DeleteBucketPolicy',
        's3:ListBucketVersions',
        's3:PutBucket*',
        's3:PutEncryptionConfiguration',
        's3:PutLifecycleConfiguration',
      ],
      own.buckets,
    ),
    allow(
      'WriteObjects',
      ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:PutObject', 's3:PutObjectTagging'],
      own.objects,
    ),
    allow('WriteBudgets', ['budgets:ModifyBudget', 'budgets:TagResource', 'budgets:UntagResource'], own.budgets),
    allow(
      'WriteArchive',
      [
        'firehose:CreateDeliveryStream',
        'firehose:DeleteDeliveryStream',
        'firehose:StartDeliveryStreamEncryption',
        'firehose:StopDeliveryStreamEncryption',
        'firehose:TagDeliveryStream',
        'firehose:UntagDeliveryStream',
        'firehose:UpdateDestination',
      ],
      own.firehoses,
    ),
    allow(
      'WriteCatalogue',
      [
        'glue:CreateDatabase',
        'glue:CreateTable',
        'glue:DeleteDatabase',
        'glue:DeleteTable',
        'glue:TagResource',
        'glue:UntagResource',
        'glue:UpdateDatabase',
        'glue:UpdateTable',
      ],
      own.glue,
    ),
    allow(
      'WriteWorkgroups',
      [
        'athena:CreateNamedQuery',
        'athena:CreateWorkGroup',
        'athena:DeleteNamedQuery',
        'athena:DeleteWorkGroup',
        'athena:TagResource',
        'athena:UntagResource',
        'athena:UpdateWorkGroup',
      ],
      own.athena,
    ),
    allow(
      'WriteMachines',
      [
        'states:CreateStateMachine',
        'states:DeleteStateMachine',
        'states:TagResource',
        'states:UntagResource',
        'states:UpdateStateMachine',
      ],
      own.machines,
    ),
    allow(
      'WriteSchedules',
      ['scheduler:CreateSchedule', 'scheduler:DeleteSchedule', 'scheduler:UpdateSchedule'],
      own.schedules,
    ),
    ...findNetworkStatements(scope.environment),
    ...deployNetworkStatements(scope.environment, scope.account),
    ...deployWarehouseStatements(scope),
  ];
}
