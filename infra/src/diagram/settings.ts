import type { NamedStack } from './named-stack';
import type { TerraformResource } from './terraform-json';

/** Settings that are left out: tags of the provider, and settings that are shown elsewhere in the drawing. */
const LEFT_OUT = new Set(['depends_on', 'provider', 'source', 'tags', 'tags_all']);
const MAX_LENGTH = 400;

function text(value: unknown, stack: NamedStack): string {
  if (typeof value !== 'string') return String(value);
  if (value === '') return '""';
  const readable = stack.readable(value);
  return readable.length > MAX_LENGTH ? `${readable.slice(0, MAX_LENGTH)} ...` : readable;
}

/** Long texts: policies are drawn as relations; dashboards, queries and views are separate files. */
const DOCUMENTS = new Set([
  'policy',
  'assume_role_policy',
  'dashboard_body',
  'access_policy',
  'query',
  'view_original_text',
  'view_expanded_text',
]);

/** @returns whether it is a column, or an attribute, of a table */
function isColumn(part: unknown): part is { readonly name: string; readonly type: string } {
  const { name, type } = part as Record<string, unknown>;
  return typeof name === 'string' && typeof type === 'string';
}

function* flatten(value: unknown, path: string, stack: NamedStack): Generator<[string, string]> {
  if (Array.isArray(value)) {
    const plain = value.every((part) => typeof part !== 'object' || part === null);
    if (plain) yield [path, value.map((part) => text(part, stack)).join(', ')];
    else if (value.every(isColumn))
      yield [path, text(value.map(({ name, type }) => `${name} ${type}`).join(', '), stack)];
    // In Terraform's JSON, a single block is a list with one element.
    else
      for (const [i, part] of value.entries()) yield* flatten(part, value.length === 1 ? path : `${path}[${i}]`, stack);
    return;
  }
  if (typeof value === 'object' && value !== null) {
    for (const [name, part] of Object.entries(value))
      yield* flatten(part, path === '' ? name : `${path}.${name}`, stack);
    return;
  }
  if (value !== undefined && value !== null) yield [path, text(value, stack)];
}

/**
 * @param resource of the stack
 * @param stack it is in
 * @returns its settings in readable form, by their path, such as `stream_mode_details.stream_mode`
 */
export function settingsOf(resource: TerraformResource, stack: NamedStack): Map<string, string> {
  const args = Object.fromEntries(
    Object.entries(resource.args).filter(([name]) => !LEFT_OUT.has(name) && !DOCUMENTS.has(name)),
  );
  return new Map([...flatten(args, '', stack)].sort(([a], [b]) => (a < b ? -1 : 1)));
}
