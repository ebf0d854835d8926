import { LOCAL_CREDENTIALS } from '@ad-analytics/local-stack/local-aws-environment';

/** The provider that is tried on the local AWS: the newest that machines without a way to the registry are known to have. */
export const LOCAL_PROVIDER_VERSION = '5.100.0';

/** Services that the stack has resources of, as the provider's `endpoints` call them. */
const SERVICES = [
  'athena',
  'budgets',
  'cloudwatch',
  'dynamodb',
  'ec2',
  'firehose',
  'glue',
  'iam',
  'kinesis',
  'kinesisanalyticsv2',
  'kms',
  'lambda',
  'logs',
  'redshiftserverless',
  's3',
  'sns',
  'sqs',
  'sts',
];

/** Terraform reads a file of this name after the others, and lets it win. */
export const OVERRIDE_FILE = 'local_override.tf.json';

/**
 * @param endpoint URL of the local AWS
 * @returns content of the file that points a synthesised stack, as it is, to the local AWS
 */
export function localOverride(endpoint: string): unknown {
  return {
    terraform: {
      required_providers: { aws: { source: 'hashicorp/aws', version: LOCAL_PROVIDER_VERSION } },
      backend: { local: { path: 'terraform.tfstate' } },
    },
    provider: {
      aws: {
        access_key: LOCAL_CREDENTIALS.accessKeyId,
        secret_key: LOCAL_CREDENTIALS.secretAccessKey,
        skip_credentials_validation: true,
        skip_metadata_api_check: true,
        skip_region_validation: true,
        // Asked for over STS, or ARNs of Glue have no account.
        skip_requesting_account_id: false,
        s3_use_path_style: true,
        endpoints: [Object.fromEntries(SERVICES.map((service) => [service, endpoint]))],
      },
    },
  };
}
