import { deployAccessStatements } from './access-permissions';
import { deployArchiveStatements } from './archive-permissions';
import { type DeploymentScope, ownArns, stateKeys } from './deployment-scope';
import { deployNetworkStatements, findNetworkStatements } from './network-permissions';
import { allow, allowOnEverything, type Statement } from './policy';
import { deployWarehouseStatements } from './warehouse-permissions';

/** @returns the additional permissions that Terraform needs to deploy the environment, and those to start and stop the application */
export function deployStatements(scope: DeploymentScope): Statement[] {
  const own = ownArns(scope);
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
      'A mapping does not have an ARN before its creation; the condition names the functions.',
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
    ...deployAccessStatements(scope),
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
    ...deployArchiveStatements(scope),
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
