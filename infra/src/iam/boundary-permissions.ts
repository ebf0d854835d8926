import type { Environment } from '../environments/environment';
import { type DeploymentScope, ownArns, ownKey } from './deployment-scope';
import { interfaceStatements } from './network-interfaces';
import { privacyKeyBoundary } from './privacy-key';
import { allow, allowOnEverything, type Statement } from './policy';

/** @returns the subnets and security groups of the environment; the ids of new ones are not known yet */
function placement({ network, ownNetwork }: Environment): Environment['network'] {
  return ownNetwork === undefined ? network : { subnetIds: ['*'], securityGroupIds: ['*'] };
}

/**
 * @returns the maximum permissions of every component's role: use the resources of the environment. The boundary does not grant permissions
 * by itself. It does not contain actions of IAM or STS, so a role that a deployment creates cannot create another role
 */
export function boundaryStatements(scope: DeploymentScope): Statement[] {
  const { account, environment } = scope;
  const own = ownArns(scope);
  return [
    allow(
      'Streams',
      [
        'kinesis:DescribeStream',
        'kinesis:DescribeStreamSummary',
        'kinesis:GetRecords',
        'kinesis:GetShardIterator',
        'kinesis:ListShards',
        'kinesis:PutRecord',
        'kinesis:PutRecords',
      ],
      own.streams,
    ),
    allow('Tables', ['dynamodb:BatchWriteItem', 'dynamodb:PutItem'], own.tables),
    allow('Queues', ['sqs:SendMessage'], own.queues),
    allow('Buckets', ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'], own.buckets),
    allow('Objects', ['s3:AbortMultipartUpload', 's3:GetObject', 's3:GetObjectVersion', 's3:PutObject'], own.objects),
    allow(
      'Snapshots',
      [
        'kinesisanalytics:CreateApplicationSnapshot',
        'kinesisanalytics:DeleteApplicationSnapshot',
        'kinesisanalytics:DescribeApplication',
        'kinesisanalytics:ListApplicationSnapshots',
      ],
      own.applications,
    ),
    allow('Machines', ['states:StartExecution'], own.machines),
    allow('Columns', ['glue:GetTable', 'glue:GetTableVersion', 'glue:GetTableVersions'], own.glue),
    allow('Keys', ['kms:Decrypt', 'kms:GenerateDataKey'], own.keys, ownKey(environment)),
    allow('Logs', ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'], own.logs),
    allow('FindLogs', ['logs:DescribeLogGroups'], [account.arn('logs', 'log-group:*')]),
    allowOnEverything('FindStream', ['kinesis:ListStreams'], 'The action lists the account, not a stream.'),
    allowOnEverything(
      'Trace',
      ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
      'X-Ray does not have resources for traces.',
    ),
    ...icebergStatements(scope),
    ...interfaceStatements(account, placement(environment)),
    ...privacyKeyBoundary(account, environment),
  ];
}

/** @returns the additional permissions for writing and compacting the Iceberg table; empty without the table */
function icebergStatements(scope: DeploymentScope): Statement[] {
  if (scope.environment.archive.iceberg === undefined) return [];
  const own = ownArns(scope);
  return [
    allow('CommitTable', ['glue:GetDatabase', 'glue:UpdateTable'], own.glue),
    allow('DropFiles', ['s3:DeleteObject'], own.icebergObjects),
    allow('LogCompaction', ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], own.compactionLogs),
  ];
}
