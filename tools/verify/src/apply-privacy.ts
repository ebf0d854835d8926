import { sqlLiteral } from '@ad-analytics/duckdb-client/sql-literal';
import { personalFields, RESULT_DEFINITIONS, type RecordType } from '@ad-analytics/event-schemas';
import { addressNetwork, addressSuffix, userPseudonym } from '@ad-analytics/pseudonyms/pseudonyms';
import type { Database } from './database';
import { RowWriter } from './row-writer';

/** What a job did with personal data; computed here with the crypto of Node. */
export interface ResultPrivacy {
  readonly hashUserIds: boolean;
  readonly cutAddresses: boolean;
  readonly key: Uint8Array;
}

const MAPPING = 'changed_text';

/** @returns conditions of a field being a user id, or an address, in SQL over the expected row e */
const conditionsOf = (holds: string) => ({
  user: holds === 'USER' ? 'true' : holds === 'ACTOR' ? `e.actor_type = 'user'` : 'false',
  address: holds === 'ADDRESS' ? 'true' : holds === 'ACTOR' ? `e.actor_type = 'ip'` : 'false',
});

/**
 * Changes the table expected_<type>: user ids, addresses, ids of records and rejected records as the job writes them.
 * @param database with that table
 */
export async function applyPrivacy(database: Database, type: RecordType, privacy: ResultPrivacy): Promise<void> {
  const table = `expected_${type}`;
  for (const [field, holds] of Object.entries(personalFields(type))) {
    if (holds === 'RECORD') await database.run(`UPDATE ${table} SET ${field} = NULL`);
    // The expected reason of a rejected record is the names of its fields already.
    if (holds === 'RECORD' || holds === 'REASON') continue;
    await changeField(database, type, field, conditionsOf(holds), privacy);
  }
}

async function changeField(
  database: Database,
  type: RecordType,
  field: string,
  is: { readonly user: string; readonly address: string },
  privacy: ResultPrivacy,
): Promise<void> {
  const table = `expected_${type}`;
  await database.run(
    `CREATE OR REPLACE TABLE ${MAPPING} (kind VARCHAR NOT NULL, original VARCHAR NOT NULL, changed VARCHAR NOT NULL, in_id VARCHAR NOT NULL)`,
  );
  const rows = new RowWriter(await database.appender(MAPPING));
  const distinct = (condition: string) =>
    database.rows(
      `SELECT DISTINCT e.${field} AS original FROM ${table} e WHERE ${condition} AND e.${field} IS NOT NULL`,
    );
  if (privacy.hashUserIds) {
    for (const { original } of await distinct(is.user)) {
      const pseudonym = userPseudonym(String(original), privacy.key);
      rows.text('user').text(String(original)).text(pseudonym).text(pseudonym).end();
    }
  }
  if (privacy.cutAddresses) {
    for (const { original } of await distinct(is.address)) {
      const network = addressNetwork(String(original));
      const inId = `${network}:${addressSuffix(String(original), privacy.key)}`;
      rows.text('address').text(String(original)).text(network).text(inId).end();
    }
  }
  rows.close();
  const { recordId } = RESULT_DEFINITIONS[type];
  const parts = recordId === 'position' ? [] : recordId;
  const id = [sqlLiteral(type), ...parts.map((name) => (name === field ? 'm.in_id' : `e.${name}`))].join(" || ':' || ");
  await database.run(`CREATE OR REPLACE TABLE ${table} AS
    SELECT e.* REPLACE (
      coalesce(m.changed, e.${field}) AS ${field}
      ${parts.includes(field) ? `, CASE WHEN m.in_id IS NULL THEN e.record_id ELSE ${id} END AS record_id` : ''}
    )
    FROM ${table} e LEFT JOIN ${MAPPING} m ON m.original = e.${field}
      AND (m.kind = 'user' AND ${is.user} OR m.kind = 'address' AND ${is.address})`);
}
