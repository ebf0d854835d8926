import { z } from 'zod';
import type { EmulatorGap } from './emulator-gaps';

/** The used part of Terraform's JSON of a plan (`terraform show -json`). */
const planSchema = z.object({
  resource_changes: z
    .array(
      z.object({
        address: z.string(),
        type: z.string(),
        change: z.object({
          actions: z.array(z.string()),
          before: z.record(z.string(), z.unknown()).nullable(),
          after: z.record(z.string(), z.unknown()).nullable(),
          after_unknown: z.record(z.string(), z.unknown()).optional(),
        }),
      }),
    )
    .default([]),
});

/** A resource that a plan would change. */
export interface PlannedChange {
  readonly address: string;
  readonly type: string;
  /** Such as `update`. */
  readonly actions: readonly string[];
  /** Paths of arguments that differ; for a resource that is created or deleted: empty. */
  readonly attributes: readonly string[];
}

/**
 * @param plan output of `terraform show -json`
 * @returns its changes
 * @throws {z.ZodError} when it is not a plan
 */
export function plannedChanges(plan: unknown): PlannedChange[] {
  return planSchema
    .parse(plan)
    .resource_changes.filter(({ change }) => change.actions.some((action) => action !== 'no-op' && action !== 'read'))
    .map(({ address, type, change }) => ({
      address,
      type,
      actions: change.actions,
      attributes: change.before === null || change.after === null ? [] : differing(change.before, change.after),
    }));
}

/** @returns paths of the innermost values that differ, such as `rule.0.status` */
function differing(before: unknown, after: unknown, at = ''): string[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const [one, other] = [before, after].map(fields);
  if (one === undefined || other === undefined) return [at];
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
  return names.flatMap((name) => differing(one[name], other[name], at === '' ? name : `${at}.${name}`));
}

/** @returns the entries of a compound value; undefined for a simple one */
function fields(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
}

/**
 * @param changes of a plan that should not have any
 * @param gaps of the emulator
 * @returns the changes that no gap explains, one line each
 */
export function unexplained(changes: readonly PlannedChange[], gaps: readonly EmulatorGap[]): string[] {
  return changes.flatMap(({ address, type, actions, attributes }) => {
    if (actions.join() !== 'update') return [`${address}: ${actions.join(', ')}`];
    const known = gaps.filter((gap) => gap.type === type).flatMap((gap) => gap.attributes);
    const strange = attributes.filter((name) => !known.some((gap) => name === gap || name.startsWith(`${gap}.`)));
    return strange.length === 0 && attributes.length > 0 ? [] : [`${address}: ${strange.join(', ')}`];
  });
}
