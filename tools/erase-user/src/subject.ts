/** Defines which results belong to one user. The table, the archive and the warehouse all use these definitions. */
import { createHash } from 'node:crypto';
import {
  type PersonLink,
  RECORD_TYPES,
  RESULT_DEFINITIONS,
  type RecordType,
  type Source,
  SOURCES,
} from '@ad-analytics/event-schemas';
import { mentions, reasonMentions } from './mentions';

/** Ids of events by kind: a click and an impression of two users can have the same id. */
export type EventIds = Readonly<Record<Source, Set<string>>>;

/** Whose data to erase. */
export interface Subject {
  /** The id in the events, and its pseudonym if the key is known: results can have either, because the setting can change. */
  readonly userIds: readonly string[];
  /**
   * Ids of the user's events: the given ones, and those found in the user's clicks. Late events can be linked to a user only by these ids.
   */
  readonly eventIds: EventIds;
  /** Addresses that only this user has; alerts about an address do not name its users. */
  readonly addresses: ReadonlySet<string>;
}

/** A result as a store has it; it may not pass its schema. */
export interface StoredResult {
  readonly record_type: RecordType;
  readonly record_id: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Fields by which a store finds records that may belong to a user, by their link to a person. */
const ID_FIELDS: Readonly<Record<PersonLink, readonly string[]>> = {
  user_id: ['user_id'],
  actor: ['actor_id'],
  event_id: ['event_id'],
  'raw record': [],
  'many users': [],
};

/** @returns the fields of a type by which a store finds records that may belong to a user; empty if the whole record must be searched */
export function idFields(type: RecordType): readonly string[] {
  return ID_FIELDS[RESULT_DEFINITIONS[type].person];
}

/** @returns the field of a record that has the id of an event of this kind */
export const eventIdField = (kind: Source) => `${kind}_id` as const;

/**
 * @param type of a record that belongs to the user
 * @returns the kinds of the user's events whose ids are in it
 */
export function ownEventKinds(type: RecordType): Source[] {
  const fields: readonly string[] = RESULT_DEFINITIONS[type].ownEventIds ?? [];
  return SOURCES.filter((kind) => fields.includes(eventIdField(kind)));
}

const OF_PERSONS = RECORD_TYPES.filter((type) => RESULT_DEFINITIONS[type].person !== 'many users');
const hasEventIds = (type: RecordType) => ownEventKinds(type).length > 0;

/** Types in the order in which they are searched: the ids of the first ones find records of the others. */
export const PHASES: readonly (readonly RecordType[])[] = [
  OF_PERSONS.filter(hasEventIds),
  OF_PERSONS.filter((type) => !hasEventIds(type)),
];

/** @returns everything that {@link ID_FIELDS} may be equal to for this user */
export function wantedIds({ userIds, eventIds, addresses }: Subject): string[] {
  return [...new Set([...userIds, ...SOURCES.flatMap((kind) => [...eventIds[kind]]), ...addresses])];
}

/** @returns a hash of everything that is searched for. Other users, events or addresses give another hash; it does not contain their values */
export function subjectHash({ userIds, eventIds, addresses }: Subject): string {
  const sorted = [userIds, ...SOURCES.map((kind) => eventIds[kind]), addresses].map((ids) => [...ids].sort());
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex');
}

/** @returns whether the record is about this user, or contains an event of this user */
export function belongsTo({ userIds, eventIds, addresses }: Subject, { record_type, fields }: StoredResult): boolean {
  const has = (ids: ReadonlySet<string>, name: string) => ids.has(fields[name] as string);
  const isUser = (name: string) => userIds.includes(fields[name] as string);
  switch (RESULT_DEFINITIONS[record_type].person) {
    case 'user_id':
      return isUser('user_id');
    case 'actor':
      if (fields['actor_type'] === 'user') return isUser('actor_id');
      if (fields['actor_type'] === 'ip') return has(addresses, 'actor_id');
      return fields['actor_type'] === 'impression' && has(eventIds.impression, 'actor_id');
    case 'event_id':
      return SOURCES.some((kind) => fields['source'] === kind && has(eventIds[kind], 'event_id'));
    case 'raw record':
      return userIds.some((userId) => {
        const raw = Buffer.from(String(fields['raw'] ?? ''), 'base64');
        return mentions(raw, userId) || reasonMentions(String(fields['reason'] ?? ''), raw, userId);
      });
    case 'many users':
      return false;
  }
}

/** @returns kinds and ids of the user's events in a record that belongs to the user */
export function eventIdsIn({ record_type, fields }: StoredResult): [kind: Source, id: string][] {
  return ownEventKinds(record_type).flatMap((kind): [Source, string][] => {
    const id = fields[eventIdField(kind)];
    return typeof id === 'string' ? [[kind, id]] : [];
  });
}
