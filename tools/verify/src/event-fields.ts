import { toJsonSchema, type Click, type Impression, type JsonSchema } from '@ad-analytics/event-schemas';
import type { Database } from './database';
import type { RowWriter } from './row-writer';

/** An optional field of an event, as a column of the table event. */
interface EventField {
  readonly name: string;
  readonly type: 'VARCHAR' | 'BIGINT';
}

function optionalFields(kind: 'impression' | 'click'): EventField[] {
  const { properties, required } = toJsonSchema(kind) as {
    properties: Record<string, JsonSchema>;
    required: readonly string[];
  };
  return Object.entries(properties)
    .filter(([name]) => !required.includes(name))
    .map(([name, schema]) => {
      const types = [schema['type']].flat();
      if (types.includes('string')) return { name, type: 'VARCHAR' };
      if (types.includes('integer')) return { name, type: 'BIGINT' };
      throw new Error(`The table event does not have a column type for ${name} of ${kind}: ${JSON.stringify(types)}`);
    });
}

/** The fields of impressions and clicks, each once, in the order of the contract. */
const FIELDS = [
  ...new Map(
    [...optionalFields('impression'), ...optionalFields('click')].map((field) => [field.name, field]),
  ).values(),
];

/** Adds a column for each optional field of the contract to the table event. */
export async function addFieldColumns(database: Database): Promise<void> {
  for (const { name, type } of FIELDS) await database.run(`ALTER TABLE event ADD COLUMN "${name}" ${type}`);
}

/** Appends the values of these columns, in their order. */
export function writeFields(to: RowWriter, event: Impression | Click): void {
  const values = event as Readonly<Record<string, unknown>>;
  for (const { name, type } of FIELDS) {
    if (type === 'VARCHAR') to.text(values[name] as string | null | undefined);
    else to.integer(values[name] as number | null | undefined);
  }
}
