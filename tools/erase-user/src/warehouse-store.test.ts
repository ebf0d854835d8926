import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  DescribeStatementCommand,
  ExecuteStatementCommand,
  type ExecuteStatementCommandInput,
  GetStatementResultCommand,
  type RedshiftDataClient,
} from '@aws-sdk/client-redshift-data';
import type { DuckDBConnection } from '@duckdb/node-api';
import { RECORD_TYPES, type ResultRecord } from '@ad-analytics/event-schemas';
import { Warehouse } from '@ad-analytics/redshift-data-api';
import { ROOT } from '@ad-analytics/setup/layout.cjs';
import { givenResults } from '@ad-analytics/archive/given-results';
import { resultsOfUser } from './results-of-user';
import { resultStructure } from './result-structure';
import { eraseUser } from './erase-user';
import { ErasureReport } from './erasure-report';
import { ProgressFile } from './progress-file';
import { testDatabase } from './test-database';
import { Erasure } from './user-store';
import { WarehouseStore } from './warehouse-store';

const SQL = path.join(ROOT, 'infra', 'sql', 'redshift', 'deliveries');
const HOSTILE = "it's :user_id; DROP TABLE x; --";

let database: Awaited<ReturnType<typeof testDatabase>>;
let connection: DuckDBConnection;
beforeEach(async () => {
  database = await testDatabase();
  ({ connection } = database);
});
afterEach(() => database.close());

/** Fills the view that reads the stream, and those that are refreshed from it. */
async function deliver(records: readonly ResultRecord[], options: { unreadable?: number; stale?: string } = {}) {
  await connection.run('CREATE SCHEMA ad_analytics');
  await database.addTexts(records);
  await connection.run(
    `CREATE TABLE ad_analytics.result_delivery AS
     SELECT now() AS approximate_arrival_timestamp, from_json(record, '${resultStructure()}') AS record, NULL::BLOB AS unreadable
     FROM texts`,
  );
  for (let row = 0; row < (options.unreadable ?? 0); row += 1) {
    await connection.run("INSERT INTO ad_analytics.result_delivery VALUES (now(), NULL, 'x'::BLOB)");
  }
  for (const type of RECORD_TYPES) {
    const sql = readFileSync(path.join(SQL, `${type}_delivery.sql`), 'utf8');
    const kind = options.stale === type ? 'TABLE' : 'VIEW';
    // A stale view simulates a view whose refresh does not remove rows.
    await connection.run(
      sql.replace(/CREATE MATERIALIZED VIEW (\S+)\n[\s\S]*?\nAS\n/, `CREATE ${kind} $1 AS\n`).replaceAll('::SUPER', ''),
    );
  }
}

/** The Data API on DuckDB: parameters by name, and views that need no refresh. Runs the statement `afterDelete` after each DELETE. */
function dataApi(sent: string[], afterDelete?: string): Pick<RedshiftDataClient, 'send'> {
  const answers: string[][] = [];
  const execute = async ({ Sql = '', Parameters = [] }: ExecuteStatementCommandInput) => {
    sent.push(Sql);
    const sql = Sql.replaceAll(/(?<!:):([a-z_]\w*)/g, '$$$1');
    const values = Object.fromEntries(Parameters.map(({ name = '', value = '' }) => [name, value]));
    const rows = Sql.startsWith('REFRESH') ? [] : (await connection.runAndReadAll(sql, values)).getRowsJS();
    if (Sql.startsWith('DELETE') && afterDelete !== undefined) await connection.run(afterDelete);
    answers.push(rows.map(([value]) => String(value)));
    return { Id: String(answers.length - 1) };
  };
  const send = (command: unknown) => {
    if (command instanceof ExecuteStatementCommand) return execute(command.input);
    if (command instanceof DescribeStatementCommand) return Promise.resolve({ Status: 'FINISHED' });
    if (command instanceof GetStatementResultCommand) {
      const rows = answers[Number(command.input.Id)] ?? [];
      return Promise.resolve({ Records: rows.map((stringValue) => [{ stringValue }]) });
    }
    throw new Error('an unexpected command');
  };
  return { send } as unknown as Pick<RedshiftDataClient, 'send'>;
}

async function erase(userId: string, remove = true, rejectedIds: string[] = [], afterDelete?: string) {
  const sent: string[] = [];
  const report = new ErasureReport();
  const progress = new ProgressFile(undefined);
  for (const id of rejectedIds) progress.noteRejectedId(id);
  const erasure = new Erasure({
    subject: {
      userIds: [userId],
      eventIds: { impression: new Set(), click: new Set() },
      addresses: new Set(['203.0.113.7']),
    },
    ...{ remove, report, progress, signal: new AbortController().signal, say: () => {} },
  });
  const database = { workgroup: 'w', database: 'd', secretArn: 's' };
  await eraseUser([new WarehouseStore(new Warehouse(dataApi(sent, afterDelete), database, 0))], erasure);
  return { report, sent, erasure };
}

const left = async () => {
  const rows = await connection.runAndReadAll(
    'SELECT record.record_id FROM ad_analytics.result_delivery WHERE record IS NOT NULL ORDER BY 1',
  );
  return rows.getRowsJS().map(([id]) => String(id));
};

const ADDRESS = { fraud_alert: { rule: 'id_fan_out', actor_type: 'ip', actor_id: '203.0.113.7' } };
const OF_NO_USER = [
  givenResults({ campaign_metrics: { key: HOSTILE } }),
  givenResults({ attribution_metrics: { campaign_id: HOSTILE } }),
  givenResults({ late_event: { event_id: 'i-of-another' }, sequence: '2' }),
  givenResults({ rejected_event: {}, sequence: '3' }),
].flat();

describe('WarehouseStore', () => {
  it('deletes the deliveries of the user, and those that only their events lead to', async () => {
    const others = [...resultsOfUser(`${HOSTILE}2`, '20'), ...resultsOfUser('u2', '21'), ...OF_NO_USER];
    await deliver([...resultsOfUser(HOSTILE, '10'), ...others, ...givenResults(ADDRESS)]);
    const { report } = await erase(HOSTILE, true, ['rejected_event:stream:shard-0:10']);
    expect(await left()).toEqual(others.map(({ record_id }) => record_id).sort());
    expect(Object.fromEntries(report.counts().map(({ kind, found, removed }) => [kind, [found, removed]]))).toEqual({
      attributed_click: [2, 2],
      unattributed_click: [1, 1],
      user_engagement: [1, 1],
      fraud_alert: [3, 3],
      late_event: [1, 1],
      rejected_event: [1, 1],
    });
    expect(report.problems).toEqual([]);
  });

  it('keeps clicks and impressions with the same id apart', async () => {
    const own = [
      ...givenResults({ unattributed_click: { user_id: 'u1', click_id: '17' } }),
      ...givenResults({ late_event: { source: 'click', event_id: '17' }, sequence: '1' }),
    ];
    const others = [
      ...givenResults({ late_event: { source: 'impression', event_id: '17' }, sequence: '2' }),
      ...givenResults({ fraud_alert: { rule: 'known_bot', actor_type: 'impression', actor_id: '17' } }),
    ];
    await deliver([...own, ...others]);
    const { report } = await erase('u1');
    expect(report.problems).toEqual([]);
    expect(await left()).toEqual(others.map(({ record_id }) => record_id).sort());
  });

  it('only counts without --yes', async () => {
    const records = [...resultsOfUser('u1', '10'), ...OF_NO_USER];
    await deliver(records);
    const { report, sent } = await erase('u1', false);
    expect(sent.filter((sql) => !sql.startsWith('SELECT'))).toEqual([]);
    expect((await left()).length).toBe(records.length);
    expect(report.counts().every(({ removed }) => removed === 0)).toBe(true);
  });

  it('never puts an id into the text of a statement', async () => {
    await deliver([...resultsOfUser(HOSTILE, '10'), ...OF_NO_USER]);
    const { sent } = await erase(HOSTILE);
    expect(sent.filter((sql) => sql.includes('DROP'))).toEqual([]);
  });

  it('reports that a view still has the rows after its refresh, and that rows cannot be searched', async () => {
    await deliver([...resultsOfUser('u1', '10'), ...OF_NO_USER], { stale: 'user_engagement', unreadable: 2 });
    const { report, sent } = await erase('u1');
    expect(sent).toContain('REFRESH MATERIALIZED VIEW ad_analytics.user_engagement_delivery');
    expect(report.problems.map(({ text }) => text)).toEqual([
      expect.stringMatching(/user_engagement_delivery still has 1 rows.*--rebuild/),
      expect.stringMatching(/^2 rows of ad_analytics.result_delivery are not JSON/),
    ]);
  });

  it('reports rows that the stream delivers after their deletion', async () => {
    await deliver(givenResults({ user_engagement: { user_id: 'u1' } }));
    await connection.run('CREATE TABLE again AS FROM ad_analytics.result_delivery');
    const { report } = await erase('u1', true, [], 'INSERT INTO ad_analytics.result_delivery FROM again');
    expect(report.counts()).toContainEqual({ store: 'warehouse', kind: 'user_engagement', found: 1, removed: 0 });
    expect(report.problems).toContainEqual({
      store: 'warehouse',
      text: 'user_engagement: 1 of 1 records still exist. Run it again.',
    });
  });

  it('finds more events than a statement has parameters', async () => {
    const clicks = Array.from({ length: 200 }, (_, at) =>
      givenResults({ unattributed_click: { user_id: 'u1', click_id: `k${at}` } }),
    );
    const late = ['k0', 'k199', 'other'].map((event_id, at) =>
      givenResults({ late_event: { source: 'click', event_id }, sequence: String(at) }),
    );
    await deliver([...clicks, ...late].flat());
    await erase('u1');
    expect(await left()).toEqual(['late_event:stream:shard-0:2']);
  });
});
