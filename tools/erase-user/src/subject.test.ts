import { anyId, resultsWith } from '@ad-analytics/any-text';
import { personalFields, RECORD_TYPES, RESULT_DEFINITIONS, type ResultRecord } from '@ad-analytics/event-schemas';
import fc from 'fast-check';
import { givenResults } from '@ad-analytics/archive/given-results';
import {
  belongsTo,
  eventIdField,
  eventIdsIn,
  idFields,
  ownEventKinds,
  PHASES,
  type StoredResult,
  type Subject,
} from './subject';

const subject = (
  userId: string,
  [clickIds, impressionIds]: [string[], string[]] = [[], []],
  addresses: string[] = [],
): Subject => ({
  userIds: [userId],
  eventIds: { impression: new Set(impressionIds), click: new Set(clickIds) },
  addresses: new Set(addresses),
});
const stored = (record: ResultRecord): StoredResult => ({
  record_type: record.record_type,
  record_id: record.record_id,
  fields: (record as unknown as Record<string, Record<string, unknown>>)[record.record_type] ?? {},
});
const given = (one: Parameters<typeof givenResults>[0]) => stored(givenResults(one)[0]!);

it('searches each type of the contract that has records of single users, those with ids of events first', () => {
  expect(PHASES[0]).toEqual(['attributed_click', 'unattributed_click']);
  const ofPersons = RECORD_TYPES.filter((type) => type === 'rejected_event' || idFields(type).length > 0);
  expect(PHASES.flat().sort()).toEqual([...ofPersons].sort());
});

it('searches each personal field of the contract, and the ids of late events', () => {
  for (const type of RECORD_TYPES) {
    const searched = [...idFields(type)].filter((name) => name !== 'event_id');
    // Looks into the rejected record; its reason can only quote that.
    const personal = Object.keys(personalFields(type)).filter((name) => name !== 'raw' && name !== 'reason');
    expect({ type, names: searched.sort() }).toEqual({ type, names: personal.sort() });
  }
  expect(idFields('late_event')).toContain('event_id');
});

describe('belongsTo', () => {
  it('finds the records of any user, and no figures of campaigns, publishers or other users', () => {
    fc.assert(
      fc.property(anyId, anyId, (id, other) => {
        fc.pre(id !== other);
        const results = resultsWith(id).map(stored);
        const found = results.filter((record) => belongsTo(subject(id, [[id], [id]]), record));
        const types = found.map(({ record_type, fields }) => [record_type, fields['actor_type']].join(' ').trim());
        expect(types).toEqual([
          'attributed_click',
          'unattributed_click',
          'fraud_alert user',
          'fraud_alert impression',
          'user_engagement',
          'late_event',
        ]);
        const named = results.filter(({ record_type }) => record_type !== 'rejected_event');
        expect(named.filter((record) => belongsTo(subject(other), record))).toEqual([]);
      }),
    );
  });

  it('looks inside rejected events', () => {
    const raw = Buffer.from('{"user_id":"u1","country":').toString('base64');
    const record = given({ rejected_event: { raw, raw_length: 26 } });
    expect(belongsTo(subject('u1'), record)).toBe(true);
    expect(belongsTo(subject('u'), record)).toBe(false);
  });

  it('does not take a word of the reason for the user', () => {
    const raw = Buffer.from('{"user_id":"u-9"}').toString('base64');
    const reason = 'ad_id: must be at most 128 characters long; click_id: missing';
    const record = given({ rejected_event: { raw, raw_length: 17, reason } });
    for (const id of ['128', 'missing', 'must']) expect(belongsTo(subject(id), record)).toBe(false);
    expect(belongsTo(subject('u-9'), record)).toBe(true);
  });

  it('keeps clicks and impressions with the same id apart', () => {
    const late = (source: string) => given({ late_event: { source, event_id: '17' } });
    const alert = given({ fraud_alert: { rule: 'known_bot', actor_type: 'impression', actor_id: '17' } });
    const records = [late('click'), late('impression'), alert];
    expect(records.map((record) => belongsTo(subject('u1', [['17'], []]), record))).toEqual([true, false, false]);
    expect(records.map((record) => belongsTo(subject('u1', [[], ['17']]), record))).toEqual([false, true, true]);
  });

  it('takes alerts about an address only if the address is given', () => {
    const record = given({ fraud_alert: { rule: 'id_fan_out', actor_type: 'ip', actor_id: '203.0.113.7' } });
    expect(belongsTo(subject('u1'), record)).toBe(false);
    expect(belongsTo(subject('u1', [[], []], ['203.0.113.7']), record)).toBe(true);
  });
});

it('knows the kind of each field with ids of own events', () => {
  for (const type of RECORD_TYPES) {
    const fields = [...(RESULT_DEFINITIONS[type].ownEventIds ?? [])];
    expect(ownEventKinds(type).map(eventIdField).sort()).toEqual(fields.sort());
  }
});

it('does not assume that the impression named by an unattributed click belongs to the user', () => {
  expect(eventIdsIn(given({ attributed_click: {} }))).toEqual([
    ['impression', 'i1'],
    ['click', 'k1'],
  ]);
  expect(eventIdsIn(given({ unattributed_click: {} }))).toEqual([['click', 'k1']]);
});
