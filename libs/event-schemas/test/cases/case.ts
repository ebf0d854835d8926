/** What a fixture is made of; scripts/generate.ts writes the cases to fixtures/*.json. */

export type Fields = Readonly<Record<string, unknown>>;

/** A record that must be accepted. */
export interface ValidCase {
  name: string;
  /** What a reader finds in it, ignored fields apart. */
  event: Fields;
  /** The record as it is sent, where it is not the JSON text of `event`. */
  raw?: string;
  raw_base64?: string;
}

/** A record that must be refused, as the text or, where it is not UTF-8 text, the bytes of it. */
export type InvalidCase = {
  name: string;
  /** What the reason must name: the field, `record` when the whole value is of a wrong type or nested too deep, `JSON` when
   *  the bytes are not JSON or not UTF-8. */
  field: string;
} & ({ raw: string } | { raw_base64: string });

export interface Cases {
  valid: ValidCase[];
  invalid: InvalidCase[];
}

/** @returns the fields without one of them */
export function without(fields: Fields, field: string): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => name !== field));
}

/** @returns the case of a JSON value that must be refused because of `field` */
export function invalid(name: string, field: string, value: unknown): InvalidCase {
  return { name, field, raw: JSON.stringify(value) };
}

/** @returns cases of each value being refused in the same field of an otherwise valid record */
export function invalidValues(base: Fields, field: string, values: Readonly<Record<string, unknown>>): InvalidCase[] {
  return Object.entries(values).map(([name, value]) =>
    invalid(`${field}: ${name}`, field, { ...base, [field]: value }),
  );
}
