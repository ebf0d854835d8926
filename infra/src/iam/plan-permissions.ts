import { type DeploymentScope, ownArns, ownKey, stateKeys } from './deployment-scope';
import { READ_KEYS } from './key-actions';
import { planNetworkStatements } from './network-permissions';
import { allow, allowOnEverything, type Statement } from './policy';
import { planWarehouseStatements } from './warehouse-permissions';

/** @returns the permissions with which Terraform compares an environment with its code; they do not include reading events */
export function planStatements(scope: DeploymentScope): Statement[] {
  const own = ownArns(scope);
  return [
    allow('FindState', ['s3:ListBucket'], [scope.stateBucketArn]),
    allow('ReadState', ['s3:GetObject'], [stateKeys(scope)]),
    allow('ReadStreams', ['kinesis:DescribeStream*', 'kinesis:GetResourcePolicy', 'kinesis:ListTagsFor*'], own.streams),
    allow(
      'ReadApplications',
      ['kinesisanalytics:DescribeApplication', 'kinesisanalytics:ListTagsForResource'],
      own.applications,
    ),
    allow(
      'ReadFunctions',
      ['lambda:GetFunction*', 'lambda:GetPolicy', 'lambda:ListVersionsByFunction', 'lambda:ListTags'],
      own.functions,
    ),
    allow('ReadMappings', ['lambda:GetEventSourceMapping', 'lambda:ListTags'], own.mappings),
    allow('ReadTables', ['dynamodb:Describe*', 'dynamodb:ListTagsOfResource'], own.tables),
    allow('ReadQueues', ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:ListQueueTags'], own.queues),
    allow(
      'ReadTopics',
      ['sns:GetTopicAttributes', 'sns:GetSubscriptionAttributes', 'sns:ListTagsForResource'],
      own.topics,
    ),
    allow('ReadLogGroups', ['logs:DescribeLogStreams', 'logs:ListTags*'], own.logs),
    allow(
      'ReadAlarms',
      ['cloudwatch:DescribeAlarms', 'cloudwatch:GetDashboard', 'cloudwatch:ListTagsForResource'],
      own.alarms,
    ),
    allow(
      'ReadRoles',
      ['iam:GetRole*', 'iam:ListRolePolicies', 'iam:ListAttachedRolePolicies', 'iam:ListRoleTags'],
      own.roles,
    ),
    allow('ReadKeys', READ_KEYS, own.keys, ownKey(scope.environment)),
    allow(
      'ReadBuckets',
      [
        's3:GetBucket*',
        's3:GetEncryptionConfiguration',
        's3:GetLifecycleConfiguration',
        's3:GetAccelerateConfiguration',
        's3:GetReplicationConfiguration',
        's3:ListBucket',
      ],
      own.buckets,
    ),
    allow('ReadObjects', ['s3:GetObject', 's3:GetObjectVersion', 's3:GetObjectTagging'], own.objects),
    allow('ReadBudgets', ['budgets:ViewBudget', 'budgets:ListTagsForResource'], own.budgets),
    allow('ReadArchive', ['firehose:DescribeDeliveryStream', 'firehose:ListTagsForDeliveryStream'], own.firehoses),
    allow(
      'ReadCatalogue',
      [
        'glue:GetDatabase',
        'glue:GetTable',
        'glue:GetTableOptimizer',
        'glue:GetTables',
        'glue:GetPartition*',
        'glue:GetTags',
      ],
      own.glue,
    ),
    allow('ReadWorkgroups', ['athena:GetWorkGroup', 'athena:GetNamedQuery', 'athena:ListTagsForResource'], own.athena),
    allow('ReadMachines', ['states:DescribeStateMachine', 'states:List*'], own.machines),
    allow('ReadSchedules', ['scheduler:GetSchedule'], own.schedules),
    allowOnEverything(
      'CheckMachines',
      ['states:ValidateStateMachineDefinition'],
      'The action checks a definition before it is a resource.',
    ),
    allowOnEverything(
      'FindByName',
      ['kms:ListAliases', 'logs:DescribeLogGroups', 'kinesis:ListStreams', 'lambda:ListEventSourceMappings'],
      'These actions list the account or a region; they do not accept the ARN of a resource.',
    ),
    ...planNetworkStatements(scope.environment),
    ...planWarehouseStatements(scope),
  ];
}
