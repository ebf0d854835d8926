import {
  exampleOf,
  MAX_ID_LENGTH,
  RECORD_TYPES,
  recordIdOf,
  RESULT_DEFINITIONS,
  resultRecordSchema,
  toJsonSchema,
  type JsonSchema,
  type RecordType,
  type ResultRecord,
} from '@ad-analytics/event-schemas';

type Fields = Readonly<Record<string, unknown>>;

/** For types whose keys depend on further fields: the fields that differ from the example. */
const VARIANTS: Readonly<Partial<Record<RecordType, readonly Fields[]>>> = {
  campaign_metrics: ['campaign', 'ad', 'publisher'].map((dimension) => ({ dimension })),
  fraud_alert: ['user', 'publisher', 'impression'].map((actor_type) => ({ rule: 'abnormal_ctr', actor_type })),
};

/** @returns the fields of a type that can contain any identifier */
function identifiersOf(type: RecordType): string[] {
  const properties = toJsonSchema(type)['properties'] as Record<string, JsonSchema>;
  const fields = Object.entries(properties[type]?.['properties'] as Record<string, JsonSchema>);
  return fields.filter(([, schema]) => schema['maxLength'] === MAX_ID_LENGTH).map(([name]) => name);
}

const IDENTIFIERS = new Map(RECORD_TYPES.map((type) => [type, identifiersOf(type)]));

/**
 * @param id identifier of the contract
 * @returns results of every type, with the identifier in every field that contains text from outside; record ids are composed like in the
 *   job
 */
export function resultsWith(id: string): ResultRecord[] {
  return RECORD_TYPES.flatMap((type) => {
    const example: Fields = exampleOf(type);
    const identifiers = Object.fromEntries((IDENTIFIERS.get(type) ?? []).map((name) => [name, id]));
    const texts = type === 'rejected_event' ? { reason: `JSON: ${id}` } : identifiers;
    return (VARIANTS[type] ?? [{}]).map((variant) => {
      const fields = { ...(example[type] as Fields), ...variant, ...texts };
      const recordId = recordIdOf(type, fields, RESULT_DEFINITIONS[type].example.position);
      return resultRecordSchema.parse({ ...example, record_id: recordId, [type]: fields });
    });
  });
}
