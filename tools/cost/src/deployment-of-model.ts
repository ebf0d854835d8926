import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { ROOT } from '@ad-analytics/setup/layout.cjs';
import { type Deployment, deploymentSchema } from './deployment';

/** The output of `nx run infra:diagram`: the parts that affect the bill. */
const architectureSchema = z.object({
  environments: z.array(z.string()),
  regions: z.record(z.string(), z.string()),
  resources: z.array(
    z.object({
      type: z.string(),
      name: z.string(),
      environments: z.array(z.string()),
      settings: z.array(
        z.object({
          path: z.string(),
          value: z.string().optional(),
          byEnvironment: z.record(z.string(), z.string().nullable()).optional(),
        }),
      ),
    }),
  ),
});

export type ArchitectureFile = z.infer<typeof architectureSchema>;

const DAY_HOURS = 24;

/** Path of the file. */
export const ARCHITECTURE_FILE = path.join(ROOT, 'docs', 'architecture.json');

/** The architecture lacks a setting that the bill depends on. */
export class DeploymentError extends Error {
  override readonly name = 'DeploymentError';
}

/** A resource of one environment: its settings by path. */
interface Resource {
  readonly type: string;
  readonly name: string;
  readonly settings: ReadonlyMap<string, string>;
}

function resourcesIn({ resources }: ArchitectureFile, environment: string): Resource[] {
  return resources
    .filter(({ environments }) => environments.includes(environment))
    .map(({ type, name, settings }) => ({
      type,
      name,
      settings: new Map(
        settings.flatMap(({ path: at, value, byEnvironment }): [string, string][] => {
          const own = value ?? byEnvironment?.[environment] ?? null;
          return own === null ? [] : [[at, own]];
        }),
      ),
    }));
}

/** @returns the setting whose path has this end */
function setting({ type, name, settings }: Resource, end: string): string {
  for (const [at, value] of settings) if (at === end || at.endsWith(`.${end}`)) return value;
  throw new DeploymentError(`${type} ${name} has no ${end} in docs/architecture.json.`);
}

const optional = ({ settings }: Resource, end: string): string | undefined =>
  [...settings].find(([at]) => at === end || at.endsWith(`.${end}`))?.[1];

/** @returns the maximum write throughput of a table, if it is limited */
const bound = (units: string | undefined) => (units === undefined ? {} : { maxWriteUnits: Number(units) });

/** The property groups of the application identify the streams. */
const GROUPS = {
  impressions: 'AdImpressionsStream',
  clicks: 'AdClicksStream',
  results: 'AdDestinationStream',
} as const;

type Role = keyof typeof GROUPS;
const ROLES = Object.keys(GROUPS) as Role[];

/** @returns name of each stream, from the application's properties */
function streamNames(application: Resource): Record<Role, string> {
  const named = (group: string) => {
    const id = [...application.settings].find(
      ([at, value]) => at.endsWith('.property_group_id') && value === group,
    )?.[0];
    return setting(
      application,
      `${id?.slice(id.lastIndexOf('property_group['), -'.property_group_id'.length) ?? group}.property_map.stream.name`,
    );
  };
  return { impressions: named(GROUPS.impressions), clicks: named(GROUPS.clicks), results: named(GROUPS.results) };
}

/** @returns the number of subnets (one per zone) of a billed endpoint; 0 for a gateway */
function zonesOf(endpoint: Resource): number {
  if (setting(endpoint, 'vpc_endpoint_type') !== 'Interface') return 0;
  return setting(endpoint, 'subnet_ids').split(',').length;
}

/** @returns how often the schedule takes snapshots, and how many are kept */
function snapshotsOf(schedule: Resource | undefined) {
  if (schedule === undefined) return {};
  const everyHours = Number(/^rate\((\d+) hours?\)$/.exec(setting(schedule, 'schedule_expression'))?.[1]);
  // The file does not contain the state machine that deletes old snapshots, so this reads the number of days from the description of the
  // schedule.
  const keepDays = Number(/ kept for (\d+) days$/.exec(setting(schedule, 'description'))?.[1]);
  return { snapshots: { everyHours, kept: Math.round((keepDays * DAY_HOURS) / everyHours) } };
}

/** @returns number of metrics of an alarm: those of its expression, or one */
function metricsOf({ settings }: Resource): number {
  const ofExpression = [...settings.keys()].filter((at) => at.endsWith('.metric.metric_name')).length;
  return Math.max(1, ofExpression);
}

/**
 * @param file output of infra:diagram
 * @param environment name
 * @returns the settings that affect the bill
 * @throws {DeploymentError} when the environment does not exist, or a setting is missing
 */
export function deploymentOf(file: ArchitectureFile, environment: string): Deployment {
  if (!file.environments.includes(environment))
    throw new DeploymentError(`Unknown environment: ${environment}. Known: ${file.environments.join(', ')}.`);
  const resources = resourcesIn(file, environment);
  const all = (type: string) => resources.filter((one) => one.type === type);
  const one = (type: string): Resource | undefined => all(type)[0];
  // The name of the second version of the job begins with that of the first.
  const [application, green] = [...all('aws_kinesisanalyticsv2_application')].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  if (application === undefined) throw new DeploymentError(`${environment} has no Flink application.`);
  const names = streamNames(application);
  const stream = (role: Role): Resource => {
    const found = all('aws_kinesis_stream').find(({ name }) => name === names[role]);
    if (found === undefined) throw new DeploymentError(`${environment} has no stream ${names[role]}.`);
    return found;
  };
  const roleOf = (name: string) => ROLES.find((role) => names[role] === name);
  const mode = setting(stream('results'), 'stream_mode_details.stream_mode');
  const shards = (role: Role) => Number(setting(stream(role), 'shard_count'));
  const [sink, mapping, table] = [
    one('aws_lambda_function'),
    one('aws_lambda_event_source_mapping'),
    one('aws_dynamodb_table'),
  ];
  const reserved = sink === undefined ? -1 : Number(optional(sink, 'reserved_concurrent_executions') ?? -1);
  const workgroup = one('aws_redshiftserverless_workgroup');
  const retention = all('aws_cloudwatch_log_group').map((group) => Number(setting(group, 'retention_in_days')));
  return deploymentSchema.parse({
    environment,
    region: file.regions[environment] ?? '',
    streams: {
      mode,
      retentionHours: Math.max(...ROLES.map((role) => Number(setting(stream(role), 'retention_period')))),
      ...(mode === 'PROVISIONED'
        ? { shards: { impressions: shards('impressions'), clicks: shards('clicks'), results: shards('results') } }
        : {}),
    },
    flink: {
      parallelism: Number(setting(application, 'parallelism_configuration.parallelism')),
      parallelismPerKpu: Number(setting(application, 'parallelism_configuration.parallelism_per_kpu')),
      autoScaling: setting(application, 'parallelism_configuration.auto_scaling_enabled') === 'true',
    },
    sideBySide: green !== undefined,
    ...(sink === undefined || mapping === undefined
      ? {}
      : {
          sink: {
            memoryMb: Number(setting(sink, 'memory_size')),
            architecture: setting(sink, 'architectures'),
            batchSize: Number(setting(mapping, 'batch_size')),
            batchWindowSeconds: Number(setting(mapping, 'maximum_batching_window_in_seconds')),
            tracing: setting(sink, 'tracing_config.mode') === 'Active',
            ...(reserved > 0 ? { reservedConcurrency: reserved } : {}),
          },
        }),
    ...(table === undefined
      ? {}
      : {
          table: {
            pointInTimeRecovery: setting(table, 'point_in_time_recovery.enabled') === 'true',
            ...bound(optional(table, 'on_demand_throughput.max_write_request_units')),
          },
        }),
    archive: all('aws_kinesis_firehose_delivery_stream').map((delivery) => ({
      reads: roleOf(setting(delivery, 'kinesis_source_configuration.kinesis_stream_arn')),
      parquet:
        optional(delivery, 'data_format_conversion_configuration.enabled') === 'true' ||
        [...delivery.settings.keys()].some((at) => at.includes('parquet_ser_de')),
      dynamicPartitioning: optional(delivery, 'dynamic_partitioning_configuration.enabled') === 'true',
      iceberg: setting(delivery, 'destination') === 'iceberg',
      bufferMb: Number(setting(delivery, 'buffering_size')),
      bufferSeconds: Number(setting(delivery, 'buffering_interval')),
    })),
    ...snapshotsOf(one('aws_scheduler_schedule')),
    endpoints: all('aws_vpc_endpoint').reduce((sum, endpoint) => sum + zonesOf(endpoint), 0),
    ...(workgroup === undefined ? {} : { redshift: { baseRpu: Number(setting(workgroup, 'base_capacity')) } }),
    observed: {
      alarmMetrics: all('aws_cloudwatch_metric_alarm').reduce((sum, alarm) => sum + metricsOf(alarm), 0),
      dashboards: all('aws_cloudwatch_dashboard').length,
      logRetentionDays: Math.max(0, ...retention),
    },
    keys: all('aws_kms_key').length,
  });
}

/**
 * @param environment name
 * @param file output of infra:diagram
 * @returns the settings that affect the bill
 * @throws {DeploymentError} when the file is missing, has another format, or lacks a setting
 */
export function loadDeployment(environment: string, file = ARCHITECTURE_FILE): Deployment {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new DeploymentError(`${file} cannot be read (${(error as Error).message}). Run: npx nx run infra:diagram`);
  }
  const parsed = architectureSchema.safeParse(value);
  if (!parsed.success)
    throw new DeploymentError(`${file} does not have the form of an architecture file. Run: npx nx run infra:diagram`);
  return deploymentOf(parsed.data, environment);
}
