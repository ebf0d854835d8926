import type { TerraformResource } from 'cdktf';

/** A check that a resource need not pass. */
export interface SkippedCheck {
  readonly id: string;
  readonly reason: string;
}

/** Where skips are in the synthesised JSON: in the comment of the resource, which Terraform does not read. */
export const SKIPS_KEY = 'checkov_skips';

const skips = new WeakMap<TerraformResource, SkippedCheck[]>();

/**
 * Says that a resource need not pass a check of the security scan, and why. A skip that is not needed (any more) fails the scan.
 * @param resource that the check fails on
 * @param id of the check, such as `CKV_AWS_18`
 * @param reason why that is right here
 */
export function skipCheck(resource: TerraformResource, id: string, reason: string): void {
  const all = [...(skips.get(resource) ?? []), { id, reason }];
  skips.set(resource, all);
  resource.addOverride(`//.${SKIPS_KEY}`, all);
}
