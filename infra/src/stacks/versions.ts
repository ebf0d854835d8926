import type { TerraformStack } from 'cdktf';

/** The version of the provider from which `@cdktf/provider-aws` was generated. */
export const PROVIDER_VERSION = '6.25.0';

/** The first version that locks a state in S3 without DynamoDB. */
const TERRAFORM_VERSIONS = '>= 1.10.0';

/** @param stack whose plans must be the same on every machine */
export function requireVersions(stack: TerraformStack): void {
  stack.addOverride('terraform.required_version', TERRAFORM_VERSIONS);
  stack.addOverride('terraform.required_providers.aws.version', PROVIDER_VERSION);
}
