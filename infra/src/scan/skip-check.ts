import type { TerraformResource } from 'cdktf';

/** A skipped check of a resource. */
export interface SkippedCheck {
  readonly id: string;
  readonly reason: string;
}

/** Key of the skips in the synthesised JSON: inside the comment of a resource, which Terraform ignores. */
export const SKIPS_KEY = 'checkov_skips';

const skips = new WeakMap<TerraformResource, SkippedCheck[]>();

/**
 * Skips a check of the security scan for a resource, with a reason. An unnecessary skip fails the scan.
 * @param resource that the check fails on
 * @param id of the check, such as `CKV_AWS_18`
 * @param reason why the check does not apply
 */
export function skipCheck(resource: TerraformResource, id: string, reason: string): void {
  const all = [...(skips.get(resource) ?? []), { id, reason }];
  skips.set(resource, all);
  resource.addOverride(`//.${SKIPS_KEY}`, all);
}
