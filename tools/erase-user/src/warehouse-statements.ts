/** SQL of an erasure in Redshift. Every value is a parameter; the text contains names of the contract only. */
import { type ActorType, RESULT_DEFINITIONS, type RecordType, SOURCES } from '@ad-analytics/event-schemas';
import type { Subject } from './subject';

/** A condition on the deliveries of one type, with its values. */
export interface Condition {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The view that reads the stream. Redshift can delete rows from this kind of view only; the other views are refreshed from it. */
export const DELIVERIES = 'ad_analytics.result_delivery';

/** The materialized view of one type. */
export const deliveryView = (type: RecordType) => `ad_analytics.${type}_delivery`;

/** The Data API takes at most 200 parameters: https://docs.aws.amazon.com/redshift/latest/mgmt/data-api.html */
const IDS_A_STATEMENT = 150;
/** Maximum length in bytes, the same as in the views. */
const ID_TYPE = 'VARCHAR(512)';

/** The value of a path in the record. In the view of a type, the last part of it is the column. */
type Column = (path: string) => string;
export const inDeliveries: Column = (path) => `record.${path}::${path === 'record_id' ? 'VARCHAR(1024)' : ID_TYPE}`;
export const inView: Column = (path) => path.split('.').at(-1) ?? path;

function oneOf(column: string, ids: Iterable<string>): Condition[] {
  const all = [...ids];
  const parts: Condition[] = [];
  for (let start = 0; start < all.length; start += IDS_A_STATEMENT) {
    const part = all.slice(start, start + IDS_A_STATEMENT);
    const names = part.map((_id, at) => `id${at}`);
    parts.push({
      sql: `${column} IN (${names.map((name) => `:${name}`).join(', ')})`,
      parameters: Object.fromEntries(part.map((id, at) => [`id${at}`, id])),
    });
  }
  return parts;
}

/** Ids that count only in records whose other column has one value, for example ids of clicks in late clicks. */
function oneOfKind(kindColumn: string, kind: string, column: string, ids: Iterable<string>): Condition[] {
  return oneOf(column, ids).map(({ sql, parameters }) => ({
    sql: `${kindColumn} = :kind AND ${sql}`,
    parameters: { kind, ...parameters },
  }));
}

/**
 * @param type whose records
 * @param subject whose records
 * @param rejectedIds of the user's rejected events, as found in other stores
 * @param column where a value is: {@link inDeliveries} or {@link inView}
 * @returns conditions that together find the same records as `belongsTo`; each needs its own statement
 */
export function conditionsOf(
  type: RecordType,
  subject: Subject,
  rejectedIds: ReadonlySet<string>,
  column: Column,
): Condition[] {
  switch (RESULT_DEFINITIONS[type].person) {
    case 'user_id':
      return oneOf(column(`${type}.user_id`), subject.userIds);
    case 'actor': {
      const actor = (actorType: ActorType, ids: Iterable<string>) =>
        oneOfKind(column(`${type}.actor_type`), actorType, column(`${type}.actor_id`), ids);
      return [
        ...actor('user', subject.userIds),
        ...actor('ip', subject.addresses),
        ...actor('impression', subject.eventIds.impression),
      ];
    }
    case 'event_id':
      return SOURCES.flatMap((kind) =>
        oneOfKind(column(`${type}.source`), kind, column(`${type}.event_id`), subject.eventIds[kind]),
      );
    case 'raw record':
      return oneOf(column('record_id'), rejectedIds);
    case 'many users':
      return [];
  }
}

/** @returns the condition that a delivery is of this type */
export const isOfType = (type: RecordType) => `record.record_type::VARCHAR(64) = '${type}'`;
