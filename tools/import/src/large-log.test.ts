/** Cases that need a log larger than one row group of DuckDB, and several threads. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { loadMapping } from './mapping-file';
import { runImport } from './run-import';
import { sqlLiteral } from '@ad-analytics/duckdb-client/sql-literal';
import { Workspace } from './workspace';
import { OUTPUT_FILES } from './write-events';

const ROWS = 600_000;
/** The only row with a cost, far after the rows that are sampled. */
const WITH_COST = 550_000;
/** Enough for two threads. */
const MEMORY = { memoryMegabytes: 2_000, timeZone: 'UTC' };

/** A thousand events in each second, in the order of the file; a few of them 30 s late. */
const LOG = `SELECT 'i' || i AS impression_id, epoch_ms(1795000000000 + (i // 1000) * 1000 - (i % 97 = 0)::INT * 30000) AS event_time,
  'u' AS user_id, 'c' AS campaign_id, 'a' AS ad_id, 'p' AS publisher_id, 'mobile' AS device_type,
  CASE WHEN i = ${WITH_COST} THEN 7 END AS cost_micros FROM range(${ROWS}) r(i)`;

it('keeps the order of the file among events with the same time, and finds a field whose only value is near the end', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'a large log '));
  try {
    await Workspace.use({ within: folder, ...MEMORY }, async (workspace) => {
      const log = path.join(folder, 'log.parquet');
      await workspace.run(`COPY (${LOG}) TO ${sqlLiteral(log)} (FORMAT parquet)`);
      const out = path.join(folder, 'out');
      const summary = await runImport([log], { mapping: loadMapping('contract'), out, ...MEMORY });
      expect(summary).toMatchObject({ impressions: ROWS, clicks: 0, notImported: 0 });
      const columns = "columns={event_time: 'VARCHAR', impression_id: 'VARCHAR', cost_micros: 'BIGINT'}";
      const file = sqlLiteral(path.join(out, OUTPUT_FILES.impression));
      await workspace.run(`CREATE TABLE written AS SELECT event_time, impression_id[2:]::BIGINT AS i, cost_micros
        FROM read_json(${file}, format='newline_delimited', ${columns})`);
      const [found] = await workspace.rows(`
        SELECT count(*)::INT AS events, count(DISTINCT i)::INT AS ids, count(*) FILTER (before IS NOT NULL AND (before.t, before.i) > (event_time, i))::INT AS out_of_order,
          count(cost_micros)::INT AS costs, any_value(i) FILTER (cost_micros = 7)::INT AS with_cost
        FROM (SELECT *, lag({t: event_time, i: i}) OVER (ORDER BY rowid) AS before FROM written)`);
      expect(found).toEqual({ events: ROWS, ids: ROWS, out_of_order: 0, costs: 1, with_cost: WITH_COST });
      const lines = `read_csv(${file}, columns={'line': 'VARCHAR'}, auto_detect=false, header=false, delim=chr(1), quote='', escape='')`;
      const [kinds] = await workspace.rows(
        `SELECT count(DISTINCT json_keys(line))::INT AS kinds, any_value(json_keys(line)) AS keys FROM ${lines}`,
      );
      // A line has null if another event has a value. Fields without any value are in no line.
      expect(kinds).toEqual({
        kinds: 1,
        keys: [
          ...['impression_id', 'event_time', 'user_id', 'campaign_id', 'ad_id', 'publisher_id'],
          ...['device_type', 'cost_micros'],
        ],
      });
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
