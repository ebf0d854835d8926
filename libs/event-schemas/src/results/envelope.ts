import { z } from 'zod';
import { EVENT_TIME_SOURCE } from '../event-time';
import { time } from '../fields';
import { wholeText } from '../whole-text';

/** Version of the result records; a change that old consumers cannot read raises it. */
export const SCHEMA_VERSION = 1;

/** A window's start inside a `record_id`. */
export const ID_TIME = EVENT_TIME_SOURCE;

/** `<stream>:<shard>:<sequence number>`, then `:<n>` for the n-th part of a KPL-aggregated record. */
export const ID_POSITION = '[a-zA-Z0-9_.-]+:[a-zA-Z0-9_.-]+:[0-9]+(?::[0-9]+)?';

/** What a result schema contains in addition to its fields. */
interface ResultMeta {
  title: string;
  /** The grain: what one record is written for. */
  description: string;
  /** Regular expression of what follows `<record_type>:` in the `record_id`. */
  recordId: string;
  /** Which moment the envelope's `event_time` is. */
  eventTime: string;
}

/**
 * @param recordType value of `record_type`, also the key of the payload
 * @param meta title, grain, form of the id and meaning of the time
 * @param payload the fields of this type
 * @returns the schema of the whole record on the results stream
 */
export function resultSchema<T extends string, P extends z.ZodObject>(recordType: T, meta: ResultMeta, payload: P) {
  const idPattern = wholeText(`${recordType}:${meta.recordId}`);
  const envelope = {
    record_type: z.literal(recordType).describe('Type of the record; the payload is under the key with this name.'),
    record_id: z
      .string()
      .regex(idPattern, `must be of the form ${recordType}:${meta.recordId}`)
      .describe(
        'Identifies the result; a pure function of the inputs. A consumer that upserts by it stores each result once.',
      ),
    schema_version: z.literal(SCHEMA_VERSION).describe('Version of the result records.'),
    event_time: time.describe(`${meta.eventTime}; ISO-8601 UTC with milliseconds.`),
  };
  const shape = { ...envelope, [recordType]: payload.describe(`The fields of ${recordType}.`) } as typeof envelope & {
    [K in T]: P;
  };
  return z.object(shape).meta({ title: meta.title, description: meta.description });
}
