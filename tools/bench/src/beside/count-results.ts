import path from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { resultFiles } from '../result-files';
import { COMPARED_RULES, FIGURES, type FigureName, RESULT_TABLES, type ResultFigures } from './figures';

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

/**
 * @param connection to a database with some of the result tables
 * @param tables those that it has
 * @returns the figures that follow from them
 */
export async function figuresOf(connection: DuckDBConnection, tables: readonly string[]): Promise<ResultFigures> {
  const figures: Partial<Record<FigureName, number>> = {};
  for (const [name, query] of Object.entries(FIGURES) as [FigureName, string][]) {
    if (!tables.some((table) => query.includes(`FROM ${table}`))) continue;
    const [row] = (await connection.runAndReadAll(query)).getRowsJson();
    figures[name] = Number(row?.[0] ?? 0);
  }
  return figures;
}

async function inMemory<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    return await work(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** @param folder with a folder of JSON lines for each table @returns its figures */
export function figuresOfTables(folder: string): Promise<ResultFigures> {
  return inMemory(async (connection) => {
    const tables = RESULT_TABLES.filter((table) => resultFiles(path.join(folder, table)).length > 0);
    for (const table of tables) {
      const files = resultFiles(path.join(folder, table)).map(quoted).join(', ');
      await connection.run(
        `CREATE TABLE ${table} AS SELECT * FROM read_json([${files}], format = 'newline_delimited', sample_size = -1)`,
      );
    }
    return figuresOf(connection, tables);
  });
}

/** @param folder with the results of the packaged job as JSON lines @returns its figures */
export function figuresOfJob(folder: string): Promise<ResultFigures> {
  return inMemory(async (connection) => {
    const files = resultFiles(folder).map(quoted).join(', ');
    await connection.run(
      `CREATE TABLE results AS SELECT DISTINCT ON ((json->>'record_id')) (json->>'record_type') AS type, json FROM read_ndjson_objects([${files}])`,
    );
    const rules = COMPARED_RULES.map(quoted).join(', ');
    const columns: Record<(typeof RESULT_TABLES)[number], string> = {
      attributed_click: `json->>'$.attributed_click.click_id' AS click_id`,
      campaign_metrics: `json->>'$.campaign_metrics.dimension' AS dimension, CAST(json->>'$.campaign_metrics.impressions' AS BIGINT) AS impressions, CAST(json->>'$.campaign_metrics.clicks' AS BIGINT) AS clicks, CAST(json->>'$.campaign_metrics.unique_users' AS BIGINT) AS unique_users`,
      attribution_metrics: `CAST(json->>'$.attribution_metrics.attributed_clicks' AS BIGINT) AS attributed_clicks`,
      user_engagement: `json->>'$.user_engagement.user_id' AS user_id`,
      fraud_alert: `json->>'$.fraud_alert.rule' AS rule`,
    };
    for (const [table, list] of Object.entries(columns)) {
      const only = table === 'fraud_alert' ? ` AND (json->>'$.fraud_alert.rule') IN (${rules})` : '';
      await connection.run(`CREATE TABLE ${table} AS SELECT ${list} FROM results WHERE type = '${table}'${only}`);
    }
    return figuresOf(connection, RESULT_TABLES);
  });
}

/** @param folder with the counts of the Yahoo benchmark: lines of campaign, start of the window, views @returns all views */
export function countedViews(folder: string): Promise<number> {
  return inMemory(async (connection) => {
    const found = resultFiles(folder);
    if (found.length === 0) return 0;
    const files = found.map(quoted).join(', ');
    const columns = `{campaign: 'VARCHAR', window_start: 'BIGINT', views: 'BIGINT'}`;
    const query = `SELECT coalesce(sum(views), 0) FROM read_csv([${files}], header = false, columns = ${columns})`;
    const [row] = (await connection.runAndReadAll(query)).getRowsJson();
    return Number(row?.[0]);
  });
}
