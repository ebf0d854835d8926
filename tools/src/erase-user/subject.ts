/** What of the results belongs to one user. The table, the archive and the warehouse all decide by this file. */
import type { RecordType } from '@ad-analytics/event-schemas';
import { mentions } from './mentions';

/** Whose data to erase. */
export interface Subject {
  readonly userId: string;
  /** Ids of the user's events: given, and those that are found in the user's clicks. Late events have no other link to a user. */
  readonly eventIds: Set<string>;
  /** Addresses that only this user has; alerts about an address do not name its users. */
  readonly addresses: ReadonlySet<string>;
}

/** A result as a store has it; it may not pass its schema. */
export interface StoredResult {
  readonly record_type: RecordType;
  readonly record_id: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Fields by which a store finds records that may belong to a user. Records of a type without one name many users, or none. */
export const ID_FIELDS: Readonly<Record<RecordType, readonly string[]>> = {
  attributed_click: ['user_id'],
  unattributed_click: ['user_id'],
  user_engagement: ['user_id'],
  fraud_alert: ['actor_id'],
  late_event: ['event_id'],
  rejected_event: [],
  campaign_metrics: [],
  attribution_metrics: [],
};

/** Types in the order in which they are searched: the ids of the first ones find records of the others. */
export const PHASES: readonly (readonly RecordType[])[] = [
  ['attributed_click', 'unattributed_click'],
  ['user_engagement', 'fraud_alert', 'late_event', 'rejected_event'],
];

/** @returns everything that {@link ID_FIELDS} may be equal to for this user */
export function wantedIds({ userId, eventIds, addresses }: Subject): string[] {
  return [...new Set([userId, ...eventIds, ...addresses])];
}

/** @returns whether the record is about this user, or contains an event of this user */
export function belongsTo({ userId, eventIds, addresses }: Subject, { record_type, fields }: StoredResult): boolean {
  const has = (ids: ReadonlySet<string>, name: string) => ids.has(fields[name] as string);
  switch (record_type) {
    case 'attributed_click':
    case 'unattributed_click':
    case 'user_engagement':
      return fields['user_id'] === userId;
    case 'fraud_alert':
      if (fields['actor_type'] === 'user') return fields['actor_id'] === userId;
      if (fields['actor_type'] === 'ip') return has(addresses, 'actor_id');
      return fields['actor_type'] === 'impression' && has(eventIds, 'actor_id');
    case 'late_event':
      return has(eventIds, 'event_id');
    case 'rejected_event':
      return (
        mentions(Buffer.from(String(fields['raw'] ?? ''), 'base64'), userId) ||
        mentions(Buffer.from(String(fields['reason'] ?? '')), userId)
      );
    case 'campaign_metrics':
    case 'attribution_metrics':
      return false;
  }
}

/**
 * @param type of a record that belongs to the user
 * @returns fields with ids of the user's events. Not the impression of an unattributed click: the click names it, but it may be another user's
 */
export function eventIdFields(type: RecordType): readonly string[] {
  if (type === 'attributed_click') return ['click_id', 'impression_id'];
  return type === 'unattributed_click' ? ['click_id'] : [];
}

/** @returns ids of the user's events in a record that belongs to the user */
export function eventIdsIn({ record_type, fields }: StoredResult): string[] {
  return eventIdFields(record_type)
    .map((name) => fields[name])
    .filter((id) => typeof id === 'string');
}
