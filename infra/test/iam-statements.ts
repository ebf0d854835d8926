import type { Synthesised } from './synthesised';

/** A statement of a policy in a stack. */
export interface PlacedStatement {
  /** Type and name of the resource that has it. */
  readonly place: string;
  readonly sid: string;
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly principal: unknown;
  readonly condition: Record<string, Record<string, unknown>> | undefined;
}

const list = (value: unknown): string[] =>
  Array.isArray(value) ? (value as string[]) : value === undefined ? [] : [String(value)];

/** @returns every statement of every policy in the stack; policies are recognised by their form */
export function statementsOf(stack: Synthesised): PlacedStatement[] {
  return Object.entries(stack.resource).flatMap(([type, resources]) =>
    Object.entries(resources).flatMap(([name, resource]) =>
      policies(resource).flatMap((policy) => placed(`${type}.${name}`, policy)),
    ),
  );
}

function policies(value: unknown): Record<string, unknown>[] {
  if (typeof value === 'string' && value.startsWith('{') && value.includes('"Statement"')) {
    return [JSON.parse(value) as Record<string, unknown>];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(policies) : [];
}

function placed(place: string, policy: Record<string, unknown>): PlacedStatement[] {
  return (policy['Statement'] as Record<string, unknown>[]).map((statement) => ({
    place,
    sid: String(statement['Sid'] ?? ''),
    effect: String(statement['Effect']),
    actions: list(statement['Action']),
    resources: list(statement['Resource']),
    principal: statement['Principal'],
    condition: statement['Condition'] as PlacedStatement['condition'],
  }));
}
