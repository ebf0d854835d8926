import type { Environment } from '../environments/environment';
import { PROJECT } from '../naming';
import type { Account } from './account';
import { allow, allowOnEverything, type Statement } from './policy';
import { deployWarehouseStatements, planWarehouseStatements } from './warehouse-permissions';

/** What is to be deployed, by name. */
export interface DeploymentScope {
  readonly environment: Environment;
  readonly account: Account;
  /** ARN of the bucket of the state. */
  readonly stateBucketArn: string;
  /** Names of the Kinesis streams. */
  readonly streams: readonly string[];
}

const OWN_TAG = { StringEquals: { 'aws:ResourceTag/Project': PROJECT } };

/** ARNs of everything that an environment has, by the prefix of its names. */
function ownArns({ environment, account, streams }: DeploymentScope) {
  const prefix = `${PROJECT}-${environment.name}-*`;
  const glue = `${PROJECT}_${environment.name.replaceAll('-', '_')}_*`;
  const region = (service: string, resource: string) => account.arn(service, resource);
  return {
    streams: streams.map((name) => region('kinesis', `stream/${name}`)),
    applications: [region('kinesisanalytics', `application/${prefix}`)],
    functions: [region('lambda', `function:${prefix}`)],
    mappings: [region('lambda', 'event-source-mapping:*')],
    tables: [region('dynamodb', `table/${prefix}`)],
    queues: [region('sqs', prefix)],
    topics: [region('sns', prefix)],
    logs: ['/aws/kinesis-analytics/', '/aws/lambda/', '/aws/kinesisfirehose/'].flatMap((folder) => [
      region('logs', `log-group:${folder}${prefix}`),
      region('logs', `log-group:${folder}${prefix}:*`),
    ]),
    alarms: [region('cloudwatch', `alarm:${prefix}`), account.globalArn('cloudwatch', `dashboard/${prefix}`)],
    roles: [account.globalArn('iam', `role/${prefix}`)],
    keys: [region('kms', 'key/*')],
    aliases: [region('kms', `alias/${prefix}`)],
    buckets: [account.bucketArn(prefix)],
    objects: [account.bucketArn(`${prefix}/*`)],
    budgets: [account.globalArn('budgets', `budget/${prefix}`)],
    firehoses: [region('firehose', `deliverystream/${prefix}`)],
    glue: [
      region('glue', 'catalog'),
      region('glue', `database/${prefix}`),
      region('glue', `database/${glue}`),
      region('glue', `table/${prefix}`),
      region('glue', `table/${glue}`),
    ],
    athena: [region('athena', `workgroup/${prefix}`)],
  };
}

function stateKeys({ environment, stateBucketArn }: DeploymentScope): string {
  return `${stateBucketArn}/${PROJECT}/${environment.name}/*`;
}

/** @returns what Terraform reads to compare an environment with its code: nothing of the events in it */
export function planStatements(scope: DeploymentScope): Statement[] {
  const own = ownArns(scope);
  return [
    allow('FindState', ['s3:ListBucket'], [scope.stateBucketArn]),
    allow('ReadState', ['s3:GetObject'], [stateKeys(scope)]),
    allow('ReadStreams', ['kinesis:DescribeStream*', 'kinesis:ListTagsFor*'], own.streams),
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
    allow(
      'ReadKeys',
      ['kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:GetKeyRotationStatus', 'kms:ListResourceTags'],
      own.keys,
      OWN_TAG,
    ),
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
      ['glue:GetDatabase', 'glue:GetTable', 'glue:GetTables', 'glue:GetPartition*', 'glue:GetTags'],
      own.glue,
    ),
    allow('ReadWorkgroups', ['athena:GetWorkGroup', 'athena:GetNamedQuery', 'athena:ListTagsForResource'], own.athena),
    allowOnEverything(
      'FindByName',
      ['kms:ListAliases', 'logs:DescribeLogGroups', 'kinesis:ListStreams', 'lambda:ListEventSourceMappings'],
      'They list the account or a region; none of them takes the ARN of one thing.',
    ),
    ...planWarehouseStatements(scope),
  ];
}

/** @returns what Terraform needs besides, to make the environment what its code says; and what starts and stops the application */
export function deployStatements(scope: DeploymentScope): Statement[] {
  const own = ownArns(scope);
  const passedTo = [
    'kinesisanalytics.amazonaws.com',
    'lambda.amazonaws.com',
    'firehose.amazonaws.com',
    ...(scope.environment.warehouse === undefined ? [] : ['redshift.amazonaws.com']),
  ];
  return [
    allow('WriteState', ['s3:PutObject', 's3:DeleteObject'], [stateKeys(scope)]),
    allow(
      'WriteStreams',
      [
        'kinesis:AddTagsToStream',
        'kinesis:CreateStream',
        'kinesis:DecreaseStreamRetentionPeriod',
        'kinesis:DeleteStream',
        'kinesis:IncreaseStreamRetentionPeriod',
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
        'kinesisanalytics:ListApplicationSnapshots',
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
        'iam:CreateRole',
        'iam:DeleteRole',
        'iam:DeleteRolePolicy',
        'iam:ListInstanceProfilesForRole',
        'iam:PutRolePolicy',
        'iam:TagRole',
        'iam:UntagRole',
        'iam:UpdateAssumeRolePolicy',
        'iam:UpdateRole*',
      ],
      own.roles,
    ),
    allow('GiveRoles', ['iam:PassRole'], own.roles, { StringEquals: { 'iam:PassedToService': passedTo } }),
    allowOnEverything(
      'MakeKeys',
      ['kms:CreateKey'],
      "A key has no ARN before it is made; the condition wants the project's tag on it.",
      {
        StringEquals: { 'aws:RequestTag/Project': PROJECT },
      },
    ),
    allow(
      'WriteKeys',
      [
        'kms:CreateAlias',
        'kms:CreateGrant',
        'kms:Decrypt',
        'kms:DeleteAlias',
        'kms:EnableKeyRotation',
        'kms:Encrypt',
        'kms:GenerateDataKey*',
        'kms:PutKeyPolicy',
        'kms:ScheduleKeyDeletion',
        'kms:TagResource',
        'kms:UntagResource',
        'kms:UpdateAlias',
        'kms:UpdateKeyDescription',
      ],
      own.keys,
      OWN_TAG,
    ),
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
    ...deployWarehouseStatements(scope),
  ];
}
