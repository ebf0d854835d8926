import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { RECORD_TYPES, type RecordType } from '@ad-analytics/event-schemas';
import { type Column, type ColumnType, payloadColumns, tableColumns } from '@ad-analytics/archive-table';
import { WITHOUT_COLUMN } from './redshift-type';
import { type WarehouseStatement, warehouseStatements } from './statements';

const FIXTURES = path.join(__dirname, '..', '..', '..', 'libs', 'event-schemas', 'fixtures');
const DUCKDB_TYPES: Readonly<Record<ColumnType, string>> = {
  string: 'VARCHAR',
  int: 'INTEGER',
  bigint: 'BIGINT',
  double: 'DOUBLE',
  'array<string>': 'VARCHAR[]',
};

type Fields = Record<string, unknown>;

/** DuckDB's type for a record, which has the type SUPER in Redshift: a struct of all possible fields. An absent field is null in both. */
function recordType(): string {
  const struct = (columns: readonly Column[]) =>
    `STRUCT(${columns.map(({ name, type }) => `"${name}" ${DUCKDB_TYPES[type]}`).join(', ')})`;
  const columns = tableColumns().map((column) =>
    'fields' in column ? `"${column.name}" ${struct(column.fields)}` : `"${column.name}" ${DUCKDB_TYPES[column.type]}`,
  );
  return `STRUCT(record_type VARCHAR, ${columns.join(', ')})`;
}

/**
 * A statement without clauses that only Redshift has: storage and refresh of a materialized view, and binding of a view. The query, which
 * is tested here, is unchanged.
 */
function asDuckdb({ name, sql }: WarehouseStatement): string {
  const query = sql.replace(/CREATE MATERIALIZED VIEW (\S+)\n[\s\S]*?\nAS\n/, 'CREATE VIEW $1 AS\n');
  const view = query.replace(/-- So that [^\n]*\nWITH NO SCHEMA BINDING;/, ';');
  for (const clause of ['MATERIALIZED', 'DISTSTYLE', 'AUTO REFRESH', 'SCHEMA BINDING']) {
    if (view.includes(clause)) throw new Error(`${name} still has ${clause}`);
  }
  return view;
}

/** Every valid fixture with a separate id, so that none counts as a repetition. */
const EVENTS = RECORD_TYPES.flatMap((type) => {
  const file = path.join(FIXTURES, `${type}.valid.json`);
  return (JSON.parse(readFileSync(file, 'utf8')) as { event: Fields }[]).map(({ event }, index) => ({
    ...event,
    record_id: `${String(event['record_id'])}${index}`,
  }));
});

/** Delivers every event twice to `result_delivery`, creates the views, and reads those of the results. */
async function resultsByType(): Promise<Map<RecordType, Fields[]>> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'redshift views '));
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const file = path.join(folder, 'deliveries.jsonl');
    const lines = [...EVENTS, ...EVENTS].map((record) => JSON.stringify({ record }));
    writeFileSync(file, lines.join('\n'));
    await connection.run('CREATE SCHEMA ad_analytics');
    await connection.run(
      `CREATE TABLE ad_analytics.result_delivery AS
       SELECT TIMESTAMP '2026-11-23 10:00:00' AS approximate_arrival_timestamp, record
       FROM read_json('${file.replaceAll("'", "''")}', format = 'newline_delimited', columns = {record: '${recordType()}'})`,
    );
    const statements = warehouseStatements({ role_arn: 'role', results_stream: 'stream' });
    for (const statement of statements.filter(({ name }) => /^(deliveries|views)\//.test(name))) {
      await connection.run(asDuckdb(statement));
    }
    const found = new Map<RecordType, Fields[]>();
    for (const type of RECORD_TYPES) {
      const times = payloadColumns(type).filter(({ isTime }) => isTime);
      const asText = ['event_time', ...times.map(({ name }) => name)].map(
        (name) => `strftime(${name} AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%S.%gZ') AS ${name}`,
      );
      const answer = await connection.runAndReadAll(
        `SELECT * REPLACE (${[...new Set(asText)].join(', ')}) FROM ad_analytics.${type} ORDER BY record_id`,
      );
      found.set(
        type,
        answer.getRowObjectsJS().map((row) => {
          const cells = Object.entries(row).map(([name, value]) => [
            name,
            typeof value === 'bigint' ? Number(value) : value,
          ]);
          return Object.fromEntries(cells) as Fields;
        }),
      );
    }
    return found;
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(folder, { recursive: true });
  }
}

it('contain every result once with all fields, although all were delivered twice', async () => {
  const found = await resultsByType();
  for (const type of RECORD_TYPES) {
    const known = new Set(payloadColumns(type).map(({ name }) => name));
    const expected = EVENTS.filter((event) => (event as Fields)['record_type'] === type)
      .map((event) => {
        const { record_id, schema_version, event_time, [type]: payload } = event as Fields;
        const fields = Object.entries(payload as Fields).filter(
          ([name]) => known.has(name) && !WITHOUT_COLUMN.has(name),
        );
        return { ...Object.fromEntries(fields), record_id, schema_version, event_time } as Fields;
      })
      .sort((a, b) => (String(a['record_id']) < String(b['record_id']) ? -1 : 1));
    expect({ type, rows: found.get(type) }).toEqual({ type, rows: expected });
  }
});
