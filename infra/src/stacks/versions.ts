import type { TerraformStack } from 'cdktf';

/** The provider that the generated classes are made from (`@cdktf/provider-aws`). */
export const PROVIDER_VERSION = '6.25.0';

/** The first that locks a state in S3 by itself. */
const TERRAFORM_VERSIONS = '>= 1.10.0';

/** @param stack whose plans are to be the same wherever they are made */
export function requireVersions(stack: TerraformStack): void {
  stack.addOverride('terraform.required_version', TERRAFORM_VERSIONS);
  stack.addOverride('terraform.required_providers.aws.version', PROVIDER_VERSION);
}
