import {
  DescribeApplicationCommand,
  type ApplicationConfigurationDescription,
  type KinesisAnalyticsV2Client,
} from '@aws-sdk/client-kinesis-analytics-v2';
import { type PropertyGroup, parsePropertyGroups } from '@ad-analytics/pipeline-settings';

/** Exact location of an object. */
export interface CodeLocation {
  readonly bucket: string;
  readonly key: string;
  readonly version: string;
}

/** The configuration of the application, as reported by the service. */
export interface DeployedApplication {
  /** Such as `READY`. */
  readonly status: string;
  /** Grows by one with each change of the configuration. */
  readonly version: number;
  /** Such as `FLINK-1_20`. */
  readonly runtime: string;
  readonly properties: readonly PropertyGroup[];
  readonly code: CodeLocation;
  /** Whether the service restores the former version if an update does not start. */
  readonly systemRollback: boolean;
  readonly parallelism: number;
  readonly checkpointIntervalSeconds: number;
}

/** @returns the value @throws {Error} with the name of a value that the service did not report */
function told<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the application's description lacks ${what}`);
  return value;
}

function codeOf(configuration: ApplicationConfigurationDescription): CodeLocation {
  const location =
    configuration.ApplicationCodeConfigurationDescription?.CodeContentDescription?.S3ApplicationCodeLocationDescription;
  const arn = told(location?.BucketARN, 'bucket of the code');
  return {
    bucket: arn.slice(arn.lastIndexOf(':') + 1),
    key: told(location?.FileKey, 'key of the code'),
    version: told(location?.ObjectVersion, 'version of the code'),
  };
}

/**
 * @param client of Managed Service for Apache Flink
 * @param name of the application
 * @returns its configuration
 * @throws {Error} when the configuration lacks data that is needed to run it
 */
export async function describeDeployed(client: KinesisAnalyticsV2Client, name: string): Promise<DeployedApplication> {
  const { ApplicationDetail: detail } = await client.send(new DescribeApplicationCommand({ ApplicationName: name }));
  const configuration = told(detail?.ApplicationConfigurationDescription, 'configuration');
  const flink = configuration.FlinkApplicationConfigurationDescription;
  const groups = configuration.EnvironmentPropertyDescriptions?.PropertyGroupDescriptions;
  const interval = told(flink?.CheckpointConfigurationDescription?.CheckpointInterval, 'checkpoint interval');
  return {
    status: told(detail?.ApplicationStatus, 'status'),
    version: told(detail?.ApplicationVersionId, 'version'),
    runtime: told(detail?.RuntimeEnvironment, 'runtime'),
    properties: parsePropertyGroups(told(groups, 'property groups'), `application ${name}`),
    code: codeOf(configuration),
    systemRollback: configuration.ApplicationSystemRollbackConfigurationDescription?.RollbackEnabled === true,
    parallelism: told(flink?.ParallelismConfigurationDescription?.Parallelism, 'parallelism'),
    checkpointIntervalSeconds: interval / 1_000,
  };
}
