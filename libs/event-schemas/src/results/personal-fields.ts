import { payloadOf, RECORD_TYPES, RESULT_DEFINITIONS, type RecordType } from '../result-record';

/** What a field of a result holds: `ACTOR` is a user or an address if `actor_type` says so, `REASON` can quote an input record. */
type PersonalData = 'USER' | 'ADDRESS' | 'ACTOR' | 'RECORD' | 'REASON';

/** Fields with personal data, in any type that has them. */
const PERSONAL: Readonly<Record<string, PersonalData>> = {
  user_id: 'USER',
  ip: 'ADDRESS',
  actor_id: 'ACTOR',
  raw: 'RECORD',
  reason: 'REASON',
};

/**
 * @param type of the results
 * @returns its fields with personal data that the settings of the group Privacy change, and what they hold
 */
export function personalFields(type: RecordType): Readonly<Record<string, PersonalData>> {
  return Object.fromEntries(Object.entries(PERSONAL).filter(([name]) => Object.hasOwn(payloadOf(type).shape, name)));
}

/** @returns for each type of result: its fields with personal data, and the fields that its `record_id` is made of (none: it is a position) */
export function personalFieldsOfAll() {
  return Object.fromEntries(
    RECORD_TYPES.map((type) => {
      const { recordId } = RESULT_DEFINITIONS[type];
      return [type, { recordId: recordId === 'position' ? [] : recordId, fields: personalFields(type) }];
    }),
  );
}
