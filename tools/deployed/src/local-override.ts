import { LOCAL_CREDENTIALS } from '@ad-analytics/local-stack/local-aws-environment';

/** Version of the provider for the local AWS: the newest that is known to exist on machines without access to the registry. */
export const LOCAL_PROVIDER_VERSION = '5.100.0';

/** Services of the stack's resources, with the names of the provider's `endpoints`. */
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

/** Name of the override file, which has precedence over the other files. */
export const OVERRIDE_FILE = 'local_override.tf.json';

/**
 * @param endpoint URL of the local AWS
 * @returns content of the override file that directs an unchanged synthesised stack to the local AWS
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
        // The provider gets the account from STS; otherwise ARNs of Glue have no account.
        skip_requesting_account_id: false,
        s3_use_path_style: true,
        endpoints: [Object.fromEntries(SERVICES.map((service) => [service, endpoint]))],
      },
    },
  };
}
