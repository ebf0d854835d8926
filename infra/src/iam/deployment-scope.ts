import { APPLICATION_PARTS } from '../applications';
import type { Environment } from '../environments/environment';
import { commonTags, PROJECT, resourceName } from '../naming';
import { PIPELINE, stateKey } from '../stacks/state';
import type { Account } from './account';
import type { Conditions } from './policy';

/** The roles of GitHub Actions, by their part of the name. */
export const DEPLOYMENT_ROLES = ['plan', 'deploy'] as const;

/** The parts of the pipeline that have a separate role, by their part of the name. */
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

/** Part of the name of the policy that no role of a part can exceed. */
export const BOUNDARY = 'boundary';

/** What is to be deployed, by name. */
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
 * @returns what holds for the environment's key only. Not its tag: a role that makes keys must be allowed to tag any key without a tag. To set an alias, a role needs
 * permission on the alias and on the key, and the policy of the key lets the role that deploys do so.
 */
export function ownKey(environment: Environment): Conditions {
  return { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': keyAlias(environment) } };
}

/** @returns what holds for requests that set no other tags than those of the environment */
export function ownTagsOnly(environment: Environment): Conditions {
  return { 'ForAllValues:StringEquals': { 'aws:TagKeys': Object.keys(commonTags(environment)).sort() } };
}

/** ARNs of everything that an environment has, by the prefix of its names. */
export function ownArns({ environment, account, streams }: DeploymentScope) {
  const prefix = `${PROJECT}-${environment.name}-*`;
  // Names of databases have no hyphens.
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
    logs: ['/aws/kinesis-analytics/', '/aws/lambda/', '/aws/kinesisfirehose/'].flatMap((folder) => [
      region('logs', `log-group:${folder}${prefix}`),
      region('logs', `log-group:${folder}${prefix}:*`),
    ]),
    alarms: [region('cloudwatch', `alarm:${prefix}`), account.globalArn('cloudwatch', `dashboard/${prefix}`)],
    // By their whole names: anyone who made another role with the prefix may have made it without the boundary.
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

/** @returns the ARN of the pipeline's state and its lock; not of the bootstrap's, which only an administrator changes */
export function stateKeys({ environment, stateBucketArn }: DeploymentScope): string {
  return `${stateBucketArn}/${stateKey(environment, PIPELINE)}*`;
}
