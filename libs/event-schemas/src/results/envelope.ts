import { z } from 'zod';
import { time } from '../fields';
import { wholeText } from '../whole-text';

/** Version of the result records; a change that old consumers cannot read raises it. */
export const SCHEMA_VERSION = 1;

/** The metadata of the schema of a result. */
interface Description {
  readonly title: string;
  readonly description: string;
  readonly eventTime: string;
}

/**
 * @param recordType value of `record_type`, also the key of the payload
 * @param description title, grain and meaning of the time
 * @param idPattern regular expression of what follows `<record_type>:` in the `record_id`
 * @param payload the fields of this type
 * @returns the schema of the whole record on the results stream
 */
export function resultSchema<T extends string, P extends z.ZodObject>(
  recordType: T,
  { title, description, eventTime }: Description,
  idPattern: string,
  payload: P,
) {
  const envelope = {
    record_type: z.literal(recordType).describe('Type of the record; the payload is under the key with this name.'),
    record_id: z
      .string()
      .regex(wholeText(`${recordType}:${idPattern}`), `must be of the form ${recordType}:${idPattern}`)
      .describe(
        'Identifies the result; a pure function of the inputs. A consumer that upserts by it stores each result once.',
      ),
    schema_version: z.literal(SCHEMA_VERSION).describe('Version of the result records.'),
    event_time: time.describe(`${eventTime}; ISO-8601 UTC with milliseconds.`),
  };
  const shape = { ...envelope, [recordType]: payload.describe(`The fields of ${recordType}.`) } as typeof envelope & {
    [K in T]: P;
  };
  return z.object(shape).meta({ title, description });
}
