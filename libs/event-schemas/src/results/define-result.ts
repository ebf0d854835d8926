import { z } from 'zod';
import { EVENT_TIME_SOURCE } from '../event-time';
import { resultSchema } from './envelope';
import type { Serving } from './serving';

/** `<stream>:<shard>:<sequence number>`, then `:<n>` for the n-th part of a KPL-aggregated record. */
const POSITION_PATTERN = '[a-zA-Z0-9_.-]+:[a-zA-Z0-9_.-]+:[0-9]+(?::[0-9]+)?';

/**
 * How a record names the person it is about: by a field, by the actor of an alert, or anywhere in the raw bytes of an input record.
 * Figures over many users name no person.
 */
export type PersonLink = 'many users' | 'user_id' | 'actor' | 'event_id' | 'raw record';

/** Everything about a type of result, except for its SQL (flink/sql/inserts) and its independent check (tools/verify/src/sql/expected). */
export interface ResultDefinition<Field extends string = string, Fields = Readonly<Record<string, unknown>>> {
  readonly title: string;
  /** The grain: what one record is written for. */
  readonly description: string;
  /**
   * What follows `<record_type>:` in the `record_id`: the values of these fields, joined by colons; or the position of
   * the input record in its stream, for a record without an identifier.
   */
  readonly recordId: readonly Field[] | 'position';
  /** The meaning of the envelope's `event_time`. */
  readonly eventTime: string;
  /** Set if the job writes the result only when the attribution window after `event_time` has closed. */
  readonly waitsForAttribution?: true;
  /** For the tables in README.md and flink/README.md. */
  readonly docs: {
    /** "one record per ..." */
    readonly per: string;
    /** The question that the record answers. */
    readonly question: string;
    /** Type and setting of its window. */
    readonly window: string;
  };
  /** For the banner of its table in flink/sql/sinks: "Result records: ..." */
  readonly contains: string;
  /** How the erasure of a user's data finds the records of the user. */
  readonly person: PersonLink;
  /** Fields with ids of the events of the person; other records name the person by these ids only. */
  readonly ownEventIds?: readonly Field[];
  /** A typical record; fixtures and other tests are based on it. */
  readonly example: {
    readonly eventTime: string;
    /** Of an id that is a position. */
    readonly position?: string;
    readonly fields: Fields;
  };
  readonly serving: Serving<Field>;
}

/** @returns the regular expression of the part of an id that holds a field */
function patternOf(name: string, field: unknown): string {
  if (field instanceof z.ZodEnum) return `(?:${field.options.join('|')})`;
  return name === 'window_start' ? EVENT_TIME_SOURCE : '[\\s\\S]+';
}

/**
 * Defines a type of result.
 * @param type value of `record_type`, also the key of the payload and the name of its files
 * @param definition everything except its fields
 * @param payload the fields of this type
 * @returns the definition with the schema of the whole record
 */
export function defineResult<
  T extends string,
  P extends z.ZodObject,
  const S extends Serving<keyof z.infer<P> & string>,
>(type: T, definition: ResultDefinition<keyof z.infer<P> & string, z.infer<P>> & { readonly serving: S }, payload: P) {
  const idPattern =
    definition.recordId === 'position'
      ? POSITION_PATTERN
      : definition.recordId.map((name) => patternOf(name, payload.shape[name])).join(':');
  return { ...definition, type, payload, schema: resultSchema(type, definition, idPattern, payload) };
}
