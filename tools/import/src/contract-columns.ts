import { type Source, toJsonSchema } from '@ad-analytics/event-schemas';

/** The limits of a field, as its JSON Schema states them. */
export interface Limits {
  readonly required: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  /** Source of a regular expression that must match the whole text. */
  readonly form?: string;
  readonly oneOf?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
}

interface Property {
  readonly type: string | readonly string[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly enum?: readonly (string | null)[];
  readonly minimum?: number;
  readonly maximum?: number;
}

/**
 * The anchors that the contract adds to every pattern. They are removed, because DuckDB does not support look-ahead, and
 * `regexp_full_match` needs no anchors.
 */
const WHOLE = /^\^\(\?:([\s\S]*)\)\(\?!\[\\s\\S\]\)$/;
/** Text in DuckDB cannot contain half of a surrogate pair. */
const WELL_FORMED = '[^\\ud800-\\udfff]*';

function limitsOf(property: Property, required: boolean): Limits {
  const form = property.pattern === undefined ? undefined : WHOLE.exec(property.pattern)?.[1];
  if (property.pattern !== undefined && form === undefined)
    throw new Error(`unknown kind of pattern: ${property.pattern}`);
  return {
    required,
    ...(property.minLength === undefined ? {} : { minLength: property.minLength }),
    ...(property.maxLength === undefined ? {} : { maxLength: property.maxLength }),
    ...(form === undefined || form === WELL_FORMED ? {} : { form }),
    ...(property.enum === undefined ? {} : { oneOf: property.enum.filter((value) => value !== null) }),
    ...(property.minimum === undefined ? {} : { minimum: property.minimum }),
    ...(property.maximum === undefined ? {} : { maximum: property.maximum }),
  };
}

function limits(kind: Source): Map<string, Limits> {
  const schema = toJsonSchema(kind) as unknown as { properties: Record<string, Property>; required: readonly string[] };
  return new Map(
    Object.entries(schema.properties).map(([name, property]) => [
      name,
      limitsOf(property, schema.required.includes(name)),
    ]),
  );
}

const IMPRESSION = limits('impression');
const CLICK = limits('click');

/** The fields of both events, in the order of the contract, with their limits; every definition of a field is the same in both. */
export const FIELDS: ReadonlyMap<string, Limits> = new Map([...CLICK, ...IMPRESSION]);

/** @returns whether events of this kind have the field */
export function hasField(kind: Source, name: string): boolean {
  return (kind === 'impression' ? IMPRESSION : CLICK).has(name);
}

/** @returns names of the numeric fields */
export const NUMBERS: ReadonlySet<string> = new Set(
  [...FIELDS].filter(([, { minimum }]) => minimum !== undefined).map(([name]) => name),
);

/** Columns that a mapping can return in addition to the contract's fields. */
export const EXTRA_COLUMNS = {
  event_type: "'impression' or 'click', if a row is one event and a file contains both kinds",
  clicked: 'true if the impression of the row was clicked, if a row can be both events',
  click_time: 'with clicked: time of the click; the event_time if it is absent',
  source_row: 'the row as it was read (`source AS source_row`), for not-imported.jsonl',
} as const;
