import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import type { TerraformStack } from 'cdktf';
import type { Environment } from '../environments/environment';
import { commonTags } from '../naming';
import { requireVersions } from './versions';

/** Configures the AWS provider of a stack: the region of the environment, its account (if set), and the tags of all resources. */
export function useAws(stack: TerraformStack, environment: Environment): void {
  new AwsProvider(stack, 'aws', {
    region: environment.region,
    ...(environment.accountId === undefined ? {} : { allowedAccountIds: [environment.accountId] }),
    defaultTags: [{ tags: commonTags(environment) }],
  });
  requireVersions(stack);
}
