/** The statements for Athena, on DuckDB. */
import type { DuckDBConnection } from '@duckdb/node-api';
import type { ResultRecord } from '@ad-analytics/event-schemas';
import { givenResults } from '@ad-analytics/archive/given-results';
import { icebergIdsQuery, icebergStatements, statementsHash } from './iceberg-statements';
import { resultStructure } from './result-structure';
import { resultsOfUser } from './results-of-user';
import type { Subject } from './subject';
import { testDatabase } from './test-database';

const HOSTILE = "it's :user_id; DROP TABLE x; --";
/** With characters that a terminal changes or hides. */
const UNPRINTABLE = "a\tb\u001b[8m'é\u202e\u0000";
const OTHERS = [...resultsOfUser('u2', '21'), ...resultsOfUser(`${HOSTILE}2`, '22')];
const NO_IDS: ReadonlySet<string> = new Set();

const subject = (userId: string, clicks: string[] = [], impressions: string[] = []): Subject => ({
  userIds: [userId],
  eventIds: { impression: new Set(impressions), click: new Set(clicks) },
  addresses: new Set(),
});
const rejected = (text: string, sequence: string) =>
  givenResults({ rejected_event: { raw: Buffer.from(text).toString('base64'), raw_length: text.length }, sequence });
const idsOf = (records: readonly ResultRecord[]) => [...new Set(records.map(({ record_id }) => record_id))].sort();

let database: Awaited<ReturnType<typeof testDatabase>>;
let connection: DuckDBConnection;
beforeEach(async () => {
  database = await testDatabase();
  ({ connection } = database);
  // Athena's function replaces wrong bytes; DuckDB's fails.
  await connection.run("CREATE MACRO from_utf8(bytes) AS decode(bytes, 'replace')");
});
afterEach(() => database.close());

async function deliver(records: readonly ResultRecord[]): Promise<void> {
  await database.addTexts(records);
  await connection.run(
    `CREATE TABLE results_once AS SELECT unnest(from_json(record, '${resultStructure()}')) FROM texts`,
  );
}

async function left(statements: readonly string[]): Promise<string[]> {
  for (const sql of statements) await connection.run(sql);
  const rows = await connection.runAndReadAll('SELECT DISTINCT record_id FROM results_once ORDER BY 1');
  return rows.getRowsJS().map(([id]) => String(id));
}

describe('icebergStatements', () => {
  it('delete by ids that are known from other stores, as literals', async () => {
    // The clicks are not in the table, so no subquery finds these ids.
    const own = resultsOfUser(HOSTILE, '10').filter(({ record_type }) => !record_type.endsWith('_click'));
    const quoted = rejected('no user, but found by its id', '11');
    await deliver([...own, ...quoted, ...OTHERS]);
    const known = subject(HOSTILE, [`k-${HOSTILE}`], [`i-${HOSTILE}`]);
    const statements = icebergStatements(known, new Set(quoted.map(({ record_id }) => record_id)));
    expect(await left(statements)).toEqual(idsOf(OTHERS));
  });

  it('are printable, and delete by ids with other characters', async () => {
    await deliver([...resultsOfUser(UNPRINTABLE, '10'), ...OTHERS]);
    const statements = icebergStatements(subject(UNPRINTABLE, [`k-${UNPRINTABLE}`], [`i-${UNPRINTABLE}`]), NO_IDS);
    expect(statements.join('')).toMatch(/^[ -~]+$/);
    expect(await left(statements)).toEqual(idsOf(OTHERS));
  });

  it('find late events, alerts and rejected events of which no other store has an id', async () => {
    const rest = [
      ...OTHERS,
      ...givenResults({ late_event: { source: 'impression', event_id: `k-${HOSTILE}` }, sequence: '2' }),
      ...givenResults({ late_event: { source: 'impression', event_id: 'i-of-another' }, sequence: '3' }),
      ...givenResults({ rejected_event: { raw: null, raw_length: 9 }, sequence: '4' }),
    ];
    const spaced = rejected(`{"user_id": ${JSON.stringify(HOSTILE)}, "cut`, '11');
    await deliver([...resultsOfUser(HOSTILE, '10'), ...spaced, ...rest]);
    expect(await left(icebergStatements(subject(HOSTILE), NO_IDS))).toEqual(idsOf(rest));
  });

  it('do not find rejected events that have the user in another form', async () => {
    const unmatched = ['{"user_id":  "u1"}', '{"user_id":"\\u00751"}', '{"user":"u1"}', '{"user_id":"u1'].flatMap(
      (text, at) => rejected(text, String(at)),
    );
    await deliver(unmatched);
    expect(await left(icebergStatements(subject('u1'), NO_IDS))).toEqual(idsOf(unmatched));
  });

  it('are the same for the same ids in another order', () => {
    const hash = (ids: string[], rejectedIds: string[]) =>
      statementsHash(icebergStatements(subject('u1', ids), new Set(rejectedIds)));
    expect(hash(['a', 'b'], ['r', 's'])).toBe(hash(['b', 'a'], ['s', 'r']));
    expect(hash(['a', 'b'], ['r'])).not.toBe(hash(['a', 'b'], ['s']));
  });
});

it('icebergIdsQuery finds the kind and id of the events of the user', async () => {
  await deliver([...resultsOfUser(HOSTILE, '10'), ...OTHERS]);
  const rows = await connection.runAndReadAll(icebergIdsQuery(subject(HOSTILE)));
  expect(rows.getRowsJS().sort()).toEqual([
    ['click', `k-${HOSTILE}`],
    ['click', `u-${HOSTILE}`],
    ['impression', `i-${HOSTILE}`],
  ]);
});
