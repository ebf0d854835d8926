import { type JsonSchema, RECORD_TYPES, type RecordType, toJsonSchema } from '@ad-analytics/event-schemas';
import { type ColumnType, columnType } from './column-type';

/** A column, or a field of a struct. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  /** Its description in the wire contract. */
  readonly description: string;
  /** Maximum length of a text in characters, if the contract has one. */
  readonly maxLength?: number;
  /** Whether it is a time, as text in the contract's format. */
  readonly isTime?: true;
}

/** Columns that the archive adds to those of the contract; they are folders, not columns of the Parquet files. */
export const PARTITION_COLUMNS = [
  {
    name: 'record_type',
    type: 'string',
    description: 'Type of the result; its fields are in the struct of this name.',
  },
  {
    name: 'event_date',
    type: 'string',
    description: 'Day (UTC, 2026-11-23) of window_start where the result has a window, of event_time otherwise.',
  },
] as const satisfies readonly Column[];

const EVENT_TIME = 'Time of the result: of its click, the end of its window, ...; ISO-8601 UTC with milliseconds.';

/** The format of every time in the contract. */
const TIME_PATTERN = propertiesOf('attributed_click')['event_time']?.['pattern'];

/** Converts `properties` of a JSON Schema to columns. */
function columnsOf(properties: Record<string, JsonSchema>): Column[] {
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    type: columnType(schema, name),
    description: String(schema['description'] ?? ''),
    ...(typeof schema['maxLength'] === 'number' ? { maxLength: schema['maxLength'] } : {}),
    ...(schema['pattern'] === TIME_PATTERN ? { isTime: true as const } : {}),
  }));
}

function propertiesOf(recordType: RecordType): Record<string, JsonSchema> {
  return toJsonSchema(recordType)['properties'] as Record<string, JsonSchema>;
}

/** @returns the fields of a type's payload, in the contract's order */
export function payloadColumns(recordType: RecordType): Column[] {
  return columnsOf(propertiesOf(recordType)[recordType]?.['properties'] as Record<string, JsonSchema>);
}

/** @returns the grain of a type: what it has one record for, from the contract */
export function grain(recordType: RecordType): string {
  return String(toJsonSchema(recordType)['description']);
}

/** Columns of every result besides its payload. `record_type` is not included, because it is a partition. */
export const ENVELOPE_COLUMNS: readonly Column[] = columnsOf(
  Object.fromEntries(
    Object.entries(propertiesOf('attributed_click'))
      .filter(([name]) => name !== 'record_type' && name !== 'attributed_click')
      // The contract describes the meaning of this time for each type.
      .map(([name, schema]) => [name, name === 'event_time' ? { ...schema, description: EVENT_TIME } : schema]),
  ),
);

/** A column of the Parquet files that holds the payload of one type. */
export interface StructColumn {
  readonly name: RecordType;
  readonly description: string;
  readonly fields: readonly Column[];
}

/** A column of the Parquet files. */
export type TableColumn = Column | StructColumn;

/** @returns the columns of the Parquet files, in order. A record fills the struct of its type; the others are null */
export function tableColumns(): TableColumn[] {
  const structs = RECORD_TYPES.map((name) => ({ name, description: grain(name), fields: payloadColumns(name) }));
  return [...ENVELOPE_COLUMNS, ...structs];
}

/** @returns the type in the Glue table, such as `bigint` or `struct<click_id:string,...>` */
export function glueType(column: TableColumn): string {
  if (!('fields' in column)) return column.type;
  return `struct<${column.fields.map(({ name, type }) => `${name}:${type}`).join(',')}>`;
}

/**
 * @returns the columns of a type's view: the envelope, the day, and the payload's fields without their struct. A field with the name of an
 *   envelope field is left out: only late_event has one, event_time, which is the same time
 */
export function viewColumns(recordType: RecordType): Column[] {
  const [, eventDate] = PARTITION_COLUMNS;
  const first = [...ENVELOPE_COLUMNS, eventDate];
  const taken = new Set(first.map(({ name }) => name));
  return [...first, ...payloadColumns(recordType).filter(({ name }) => !taken.has(name))];
}
