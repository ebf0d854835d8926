/**
 * The types of result records. This is the source of everything that other projects need to know about a type: its
 * schema, its table in SQL, the columns of archive and Redshift, its keys in the serving table, the tables in the
 * documentation.
 */
import { z } from 'zod';
import { attributedClick } from './results/attributed-click';
import { attributionMetrics } from './results/attribution-metrics';
import { campaignMetrics } from './results/campaign-metrics';
import type { ResultDefinition } from './results/define-result';
import { SCHEMA_VERSION } from './results/envelope';
import { fraudAlert } from './results/fraud-alert';
import { lateEvent } from './results/late-event';
import { rejectedEvent } from './results/rejected-event';
import { unattributedClick } from './results/unattributed-click';
import { userEngagement } from './results/user-engagement';

const DEFINITIONS = [
  attributedClick,
  unattributedClick,
  campaignMetrics,
  attributionMetrics,
  fraudAlert,
  userEngagement,
  lateEvent,
  rejectedEvent,
] as const;

type Definition = (typeof DEFINITIONS)[number];
type SchemasOf<List extends readonly Definition[]> = { [Place in keyof List]: List[Place]['schema'] };

export type RecordType = Definition['type'];

/** In the order of all lists. */
export const RECORD_TYPES: readonly RecordType[] = DEFINITIONS.map(({ type }) => type);

/** The definition of each type. */
export const RESULT_DEFINITIONS = Object.fromEntries(
  DEFINITIONS.map((definition) => [definition.type, definition]),
) as unknown as Readonly<Record<RecordType, ResultDefinition>>;

/** The schema of each type of result record. */
export const resultSchemas = Object.fromEntries(DEFINITIONS.map(({ type, schema }) => [type, schema])) as {
  readonly [D in Definition as D['type']]: D['schema'];
};

/** Any record of the results stream. */
export const resultRecordSchema = z.discriminatedUnion(
  'record_type',
  DEFINITIONS.map(({ schema }) => schema) as unknown as SchemasOf<typeof DEFINITIONS>,
);

export type ResultRecord = z.infer<typeof resultRecordSchema>;

/** The result record of one type, envelope and payload. */
export type ResultOf<T extends RecordType> = z.infer<(typeof resultSchemas)[T]>;

/** Types that the serving table finds by minute or by hour. */
export type BucketedType = Extract<Definition, { serving: { byTime: { bucket: string } } }>['type'];

/** @returns names of the fields of a type that can be null */
export function nullableFields(type: RecordType): string[] {
  const fields = Object.entries(payloadOf(type).shape as Record<string, z.ZodType>);
  return fields.filter(([, field]) => field.safeParse(null).success).map(([name]) => name);
}

/** @returns the schema of a type's payload */
export function payloadOf(type: RecordType): z.ZodObject {
  return (resultSchemas[type].shape as unknown as Record<RecordType, z.ZodObject>)[type];
}

/**
 * @param type of the result
 * @param fields of its payload
 * @param position of the input record, for a type whose id is a position
 * @returns its `record_id`, as the job composes it
 */
export function recordIdOf(type: RecordType, fields: Readonly<Record<string, unknown>>, position = ''): string {
  const { recordId } = RESULT_DEFINITIONS[type];
  return [type, ...(recordId === 'position' ? [position] : recordId.map((name) => String(fields[name])))].join(':');
}

/** @returns a typical record of a type */
export function exampleOf<T extends RecordType>(type: T): ResultOf<T> {
  const { eventTime, fields, position } = RESULT_DEFINITIONS[type].example;
  return {
    record_type: type,
    record_id: recordIdOf(type, fields, position),
    schema_version: SCHEMA_VERSION,
    event_time: eventTime,
    [type]: fields,
  } as unknown as ResultOf<T>;
}
