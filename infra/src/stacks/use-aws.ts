import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import type { TerraformStack } from 'cdktf';
import type { Environment } from '../environments/environment';
import { commonTags } from '../naming';
import { requireVersions } from './versions';

/** Lets a stack make resources where the environment is: in its region and, where it names one, in no other account; all of them tagged. */
export function useAws(stack: TerraformStack, environment: Environment): void {
  new AwsProvider(stack, 'aws', {
    region: environment.region,
    ...(environment.accountId === undefined ? {} : { allowedAccountIds: [environment.accountId] }),
    defaultTags: [{ tags: commonTags(environment) }],
  });
  requireVersions(stack);
}
