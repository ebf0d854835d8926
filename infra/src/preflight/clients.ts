import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { IAMClient } from '@aws-sdk/client-iam';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { KinesisAnalyticsV2Client } from '@aws-sdk/client-kinesis-analytics-v2';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { STSClient } from '@aws-sdk/client-sts';

/** The SDK's clients of the checked services; tests replace them. */
export interface PreflightClients {
  readonly applications: Pick<KinesisAnalyticsV2Client, 'send'>;
  readonly functions: Pick<LambdaClient, 'send'>;
  readonly identity: Pick<STSClient, 'send'>;
  readonly objects: Pick<S3Client, 'send'>;
  readonly quotas: Pick<ServiceQuotasClient, 'send'>;
  readonly roles: Pick<IAMClient, 'send'>;
  readonly streams: Pick<KinesisClient, 'send'>;
  readonly tables: Pick<DynamoDBClient, 'send'>;
}

/**
 * @param region of the environment
 * @returns clients with the credentials that the SDK finds
 */
export function preflightClients(region: string): PreflightClients {
  return {
    applications: new KinesisAnalyticsV2Client({ region }),
    functions: new LambdaClient({ region }),
    identity: new STSClient({ region }),
    objects: new S3Client({ region }),
    quotas: new ServiceQuotasClient({ region }),
    roles: new IAMClient({ region }),
    streams: new KinesisClient({ region }),
    tables: new DynamoDBClient({ region }),
  };
}
