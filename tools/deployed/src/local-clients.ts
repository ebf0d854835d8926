import { KinesisAnalyticsV2Client } from '@aws-sdk/client-kinesis-analytics-v2';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { clientConfig, createServingClient } from '@ad-analytics/serving-table';
import { localKinesisClient } from '@ad-analytics/local-stack/kinesis-client';

/**
 * @param endpoint URL of the local AWS
 * @param region AWS region
 * @returns clients for the local AWS only, and a function that closes them
 */
export function localClients(endpoint: string, region: string) {
  const config = clientConfig({ region, endpoint, maxAttempts: 5 });
  const clients = {
    applications: new KinesisAnalyticsV2Client(config),
    functions: new LambdaClient(config),
    objects: new S3Client({ ...config, forcePathStyle: true }),
    queues: new SQSClient(config),
    tables: createServingClient({ region, endpoint }),
    kinesis: localKinesisClient(endpoint, region),
  };
  return { ...clients, close: () => Object.values(clients).forEach((client) => client.destroy()) };
}

export type LocalClients = ReturnType<typeof localClients>;
