import type { KinesisAnalyticsV2Client } from '@aws-sdk/client-kinesis-analytics-v2';
import { describeDeployed } from './deployed-application';

const LOCATION = { BucketARN: 'arn:aws:s3:::code', FileKey: 'flink/1.zip', ObjectVersion: 'v1' };
const CONFIGURATION = {
  ApplicationCodeConfigurationDescription: {
    CodeContentDescription: { S3ApplicationCodeLocationDescription: LOCATION },
  },
  EnvironmentPropertyDescriptions: {
    PropertyGroupDescriptions: [{ PropertyGroupId: 'Source', PropertyMap: { 'initial.position': 'LATEST' } }],
  },
  ApplicationSystemRollbackConfigurationDescription: { RollbackEnabled: true },
  FlinkApplicationConfigurationDescription: {
    ParallelismConfigurationDescription: { Parallelism: 4 },
    CheckpointConfigurationDescription: { CheckpointInterval: 60_000 },
  },
};

/** The service with one application of that configuration. */
function service(configuration: object): KinesisAnalyticsV2Client {
  const ApplicationDetail = {
    ApplicationStatus: 'READY',
    ApplicationVersionId: 3,
    RuntimeEnvironment: 'FLINK-1_20',
    ApplicationConfigurationDescription: configuration,
  };
  return { send: async () => ({ ApplicationDetail }) } as unknown as KinesisAnalyticsV2Client;
}

describe('describeDeployed', () => {
  it('has all data that is needed to run it', async () => {
    await expect(describeDeployed(service(CONFIGURATION), 'job')).resolves.toEqual({
      status: 'READY',
      version: 3,
      runtime: 'FLINK-1_20',
      properties: [{ PropertyGroupId: 'Source', PropertyMap: { 'initial.position': 'LATEST' } }],
      code: { bucket: 'code', key: 'flink/1.zip', version: 'v1' },
      systemRollback: true,
      parallelism: 4,
      checkpointIntervalSeconds: 60,
    });
  });

  it('has no system rollback if the service does not report it', async () => {
    const configuration = { ...CONFIGURATION, ApplicationSystemRollbackConfigurationDescription: undefined };
    expect((await describeDeployed(service(configuration), 'job')).systemRollback).toBe(false);
  });

  it.each([
    ['property groups', 'EnvironmentPropertyDescriptions'],
    ['bucket of the code', 'ApplicationCodeConfigurationDescription'],
    ['checkpoint interval', 'FlinkApplicationConfigurationDescription'],
  ])('reports a missing %s', async (what, part) => {
    await expect(describeDeployed(service({ ...CONFIGURATION, [part]: undefined }), 'job')).rejects.toThrow(
      `the application's description lacks ${what}`,
    );
  });
});
