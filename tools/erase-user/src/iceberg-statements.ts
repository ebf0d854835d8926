import { createHash } from 'node:crypto';
import { RESULT_DEFINITIONS, type RecordType, type Source, SOURCES } from '@ad-analytics/event-schemas';
import { ICEBERG_TABLE_NAME } from '@ad-analytics/archive-table';
import { sqlLiteral } from '@ad-analytics/duckdb-client/sql-literal';
import { eventIdField, ownEventKinds, PHASES, type Subject } from './subject';
import { conditionsOf } from './warehouse-statements';

const rowsOf = (type: RecordType) => `FROM ${ICEBERG_TABLE_NAME} WHERE record_type = '${type}'`;

/**
 * Rows of this table do not expire, so it can have clicks that all other stores have deleted. Subqueries find the ids of these clicks. Therefore the
 * rows that are found by ids are deleted first, and the clicks last.
 * @param subject whose records, after the search of the other stores
 * @param rejectedIds of the user's rejected events, as found in other stores
 * @returns statements for Athena, in order, that delete the user's rows of the Iceberg table
 */
export function icebergStatements(subject: Subject, rejectedIds: ReadonlySet<string>): string[] {
  const known = sorted(subject);
  const rejected = new Set([...rejectedIds].sort());
  return [...PHASES]
    .reverse()
    .flat()
    .flatMap((type) =>
      [...bySubquery(type, known), ...byLiterals(type, known, rejected)].map(
        (condition) => `DELETE ${rowsOf(type)} AND ${condition};`,
      ),
    );
}

/**
 * @param subject whose events
 * @returns a query for Athena with kind and id of each event of the user of which the Iceberg table has a click
 */
export function icebergIdsQuery(subject: Subject): string {
  const ofKind = SOURCES.map((kind) => `SELECT '${kind}' AS kind, id FROM (${ownIds(kind, subject)}) AS ids (id)`);
  return `${ofKind.join(' UNION ')};`;
}

/** @returns a hash of statements: a note of it contains no ids */
export function statementsHash(statements: readonly string[]): string {
  return createHash('sha256').update(statements.join('\n')).digest('hex');
}

/** With the ids in order, so that two runs that know the same ids print the same statements. */
function sorted({ userIds, eventIds, addresses }: Subject): Subject {
  const inOrder = (ids: ReadonlySet<string>) => new Set([...ids].sort());
  return {
    userIds,
    eventIds: { impression: inOrder(eventIds.impression), click: inOrder(eventIds.click) },
    addresses: inOrder(addresses),
  };
}

function byLiterals(type: RecordType, subject: Subject, rejectedIds: ReadonlySet<string>): string[] {
  return conditionsOf(type, subject, rejectedIds, (path) => path).map(({ sql, parameters }) =>
    sql.replaceAll(/:(\w+)/g, (_name, name: string) => textLiteral(parameters[name] ?? '')),
  );
}

/** @returns conditions that find records by the rows of the user's clicks, or by the user id inside of the record */
function bySubquery(type: RecordType, subject: Subject): string[] {
  const among = (field: string, kind: Source) => `${type}.${field} IN (${ownIds(kind, subject)})`;
  switch (RESULT_DEFINITIONS[type].person) {
    case 'actor':
      return [`${type}.actor_type = 'impression' AND ${among('actor_id', 'impression')}`];
    case 'event_id':
      return SOURCES.map((kind) => `${type}.source = '${kind}' AND ${among('event_id', kind)}`);
    case 'raw record':
      return subject.userIds.map((userId) => rawNames(`${type}.raw`, userId));
    default:
      return [];
  }
}

/** @returns a query for the ids of the user's events of one kind in rows that have the user id */
function ownIds(kind: Source, subject: Subject): string {
  return PHASES.flat()
    .filter((type) => ownEventKinds(type).includes(kind))
    .flatMap((type) =>
      byLiterals(type, subject, new Set()).map(
        (condition) => `SELECT ${type}.${eventIdField(kind)} ${rowsOf(type)} AND ${condition}`,
      ),
    )
    .join(' UNION ALL ');
}

/**
 * A person copies the statements from a terminal, which can change or hide other characters: a tab, an escape sequence, a character without a
 * width. Ids are text from outside and can contain them.
 * @returns the text as an expression for Athena, in printable ASCII
 */
function textLiteral(text: string): string {
  if (/^[ -~]*$/.test(text)) return sqlLiteral(text);
  return `from_utf8(from_hex('${Buffer.from(text, 'utf8').toString('hex')}'))`;
}

/** Only the two usual forms of the field in JSON. Whatever they match, `mentions` matches as well, but not the other way round. */
function rawNames(column: string, userId: string): string {
  const text = `from_utf8(try(from_base64(${column})))`;
  const forms = ['"user_id":', '"user_id": '].map((name) => textLiteral(name + JSON.stringify(userId)));
  return `(${forms.map((form) => `strpos(${text}, ${form}) > 0`).join(' OR ')})`;
}
