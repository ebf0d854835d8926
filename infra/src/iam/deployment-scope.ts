import { APPLICATION_PARTS } from '../applications';
import type { Environment } from '../environments/environment';
import { commonTags, PROJECT, resourceName } from '../naming';
import { PIPELINE, stateKey } from '../stacks/state';
import type { Account } from './account';
import type { Conditions } from './policy';

/** Name parts of the roles of GitHub Actions. */
export const DEPLOYMENT_ROLES = ['plan', 'deploy'] as const;

/** Name parts of the components with a separate role. */
export const SERVICE_ROLES = [
  ...Object.values(APPLICATION_PARTS),
  'sink',
  'archive',
  'iceberg',
  'compaction',
  'warehouse',
  'snapshots',
  'schedule',
] as const;

/** Part of the name of the bucket of the Iceberg table. */
export const ICEBERG = 'iceberg';

/** Part of the name of the permissions boundary of the components' roles. */
export const BOUNDARY = 'boundary';

/** The deployment, by names of its resources. */
export interface DeploymentScope {
  readonly environment: Environment;
  readonly account: Account;
  /** ARN of the bucket of the state. */
  readonly stateBucketArn: string;
  /** Names of the Kinesis streams. */
  readonly streams: readonly string[];
}

/** Part of the name of the alias of the environment's key. */
const DATA_KEY = 'data';

/** @returns the alias of the environment's key */
export function keyAlias(environment: Environment): string {
  return `alias/${resourceName(environment, DATA_KEY)}`;
}

/**
 * @returns the condition that only the environment's key meets. It does not use the tag, because a role that creates keys must be allowed
 * to tag any untagged key. To set an alias, a role needs permission on the alias and on the key, and the key policy allows this for the
 * deploying role.
 */
export function ownKey(environment: Environment): Conditions {
  return { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': keyAlias(environment) } };
}

/** @returns the condition that only requests with the tags of the environment meet */
export function ownTagsOnly(environment: Environment): Conditions {
  return { 'ForAllValues:StringEquals': { 'aws:TagKeys': Object.keys(commonTags(environment)).sort() } };
}

/** ARNs of everything that an environment has, by the prefix of its names. */
export function ownArns({ environment, account, streams }: DeploymentScope) {
  const prefix = `${PROJECT}-${environment.name}-*`;
  // Names of databases cannot contain hyphens.
  const glue = prefix.replaceAll('-', '_');
  const region = (service: string, resource: string) => account.arn(service, resource);
  return {
    streams: streams.map((name) => region('kinesis', `stream/${name}`)),
    applications: [region('kinesisanalytics', `application/${prefix}`)],
    functions: [region('lambda', `function:${prefix}`)],
    mappings: [region('lambda', 'event-source-mapping:*')],
    tables: [region('dynamodb', `table/${prefix}`)],
    queues: [region('sqs', prefix)],
    topics: [region('sns', prefix)],
    logs: [
      ...['/aws/kinesis-analytics/', '/aws/lambda/', '/aws/kinesisfirehose/'],
      ...(environment.warehouse === undefined ? [] : ['/aws/redshift/']),
    ].flatMap((folder) => [
      region('logs', `log-group:${folder}${prefix}`),
      region('logs', `log-group:${folder}${prefix}:*`),
    ]),
    alarms: [region('cloudwatch', `alarm:${prefix}`), account.globalArn('cloudwatch', `dashboard/${prefix}`)],
    // By their complete names: another role with the same prefix may exist without the boundary.
    roles: SERVICE_ROLES.map((part) => account.globalArn('iam', `role/${resourceName(environment, part)}`)),
    boundary: account.globalArn('iam', `policy/${resourceName(environment, BOUNDARY)}`),
    deploymentRoles: DEPLOYMENT_ROLES.map((part) =>
      account.globalArn('iam', `role/${resourceName(environment, part)}`),
    ),
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
    icebergObjects: [account.bucketArn(`${resourceName(environment, ICEBERG)}-*/*`)],
    compactionLogs: [region('logs', 'log-group:/aws-glue/iceberg-*')],
    machines: [region('states', `stateMachine:${prefix}`)],
    schedules: [region('scheduler', `schedule/default/${prefix}`)],
    athena: [region('athena', `workgroup/${prefix}`)],
  };
}

/** @returns the ARN of the pipeline's state and its lock. Only an administrator changes the state of the bootstrap */
export function stateKeys({ environment, stateBucketArn }: DeploymentScope): string {
  return `${stateBucketArn}/${stateKey(environment, PIPELINE)}*`;
}
