import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { RECORD_TYPES, type RecordType, toJsonSchema } from '@ad-analytics/event-schemas';
import { ENVELOPE_COLUMNS, payloadColumns } from '@ad-analytics/archive-table';
import { redshiftType, WITHOUT_COLUMN } from './redshift-type';
import { deliveryView, resultView } from './result-views';
import { REDSHIFT_FOLDER, warehouseFiles, warehouseStatements } from './statements';

const PARAMETERS = { role_arn: 'arn:aws:iam::123456789012:role/reader', results_stream: 'AdResultantOutput' };
const FIXTURES = path.join(__dirname, '..', '..', '..', 'libs', 'event-schemas', 'fixtures');

const text = (file: string) => readFileSync(path.join(REDSHIFT_FOLDER, file), 'utf8');

describe('the SQL files', () => {
  it('are all run: first the schemas, then the view of the stream, then derived views', () => {
    const there = readdirSync(REDSHIFT_FOLDER, { recursive: true }).map((file) => String(file).replaceAll('\\', '/'));
    expect([...warehouseFiles()].sort()).toEqual(there.filter((file) => file.endsWith('.sql')).sort());
    const folders = [...new Set(warehouseFiles().map((file) => path.posix.dirname(file)))];
    expect(folders).toEqual(['schemas', 'streaming', 'deliveries', 'views']);
  });

  it.each(RECORD_TYPES)('of %s have the columns of the contract', (type) => {
    expect(text(`deliveries/${type}_delivery.sql`)).toBe(deliveryView(type));
    expect(text(`views/${type}.sql`)).toBe(resultView(type));
  });

  it.each(RECORD_TYPES)('read every field of %s from its path in the record', (type) => {
    const sql = deliveryView(type);
    const envelope = ENVELOPE_COLUMNS.map(({ name }) => name);
    for (const name of envelope) expect(sql).toMatch(new RegExp(`^  record\\.${name}::\\S+ AS ${name},?$`, 'm'));
    for (const { name } of payloadColumns(type)) {
      if (WITHOUT_COLUMN.has(name) || envelope.includes(name)) continue;
      expect(sql).toMatch(new RegExp(`^  record\\.${type}\\.${name}(::[A-Z0-9() ]+)? AS ${name},?$`, 'm'));
      expect(resultView(type)).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
    }
  });

  it('read the stream once, refresh automatically, and do not drop anything', () => {
    const views = warehouseStatements(PARAMETERS).filter(({ makes }) => makes !== undefined);
    expect(views).toHaveLength(1 + RECORD_TYPES.length);
    for (const { sql } of views) expect(sql).toMatch(/^AUTO REFRESH YES$/m);
    expect(views.filter(({ sql }) => sql.includes('results_stream.')).map(({ name }) => name)).toEqual([
      'streaming/result_delivery.sql',
    ]);
    expect(text('streaming/result_delivery.sql')).not.toMatch(/\bWHERE\b/);
  });
});

describe('redshiftType', () => {
  it.each(RECORD_TYPES)('is long enough for every text of the fixtures of %s', (type) => {
    for (const { event } of JSON.parse(readFileSync(path.join(FIXTURES, `${type}.valid.json`), 'utf8')) as {
      event: Record<string, Record<string, unknown>>;
    }[]) {
      for (const column of payloadColumns(type)) {
        const value = event[type]?.[column.name];
        const length = /^VARCHAR\((\d+)\)$/.exec(redshiftType(column))?.[1];
        if (WITHOUT_COLUMN.has(column.name) || typeof value !== 'string' || length === undefined) continue;
        expect(Buffer.byteLength(value)).toBeLessThanOrEqual(Number(length));
      }
    }
  });

  it('is long enough for every name in the contract', () => {
    const lists = (type: RecordType) =>
      (toJsonSchema(type)['properties'] as Record<string, { properties?: Record<string, { enum?: unknown[] }> }>)[type];
    for (const type of RECORD_TYPES) {
      for (const column of payloadColumns(type)) {
        const length = Number(/^VARCHAR\((\d+)\)$/.exec(redshiftType(column))?.[1] ?? Infinity);
        for (const name of lists(type)?.properties?.[column.name]?.enum ?? []) {
          expect(String(name).length).toBeLessThanOrEqual(length);
        }
      }
    }
  });
});

describe('warehouseStatements', () => {
  it('fills in the role and the stream', () => {
    const all = warehouseStatements(PARAMETERS)
      .map(({ sql }) => sql)
      .join('\n');
    expect(all).toContain("IAM_ROLE 'arn:aws:iam::123456789012:role/reader'");
    expect(all).toContain('FROM results_stream."AdResultantOutput"');
    expect(all).not.toContain('${');
  });

  it('rejects a value with quotes, and a missing value', () => {
    expect(() => warehouseStatements({ ...PARAMETERS, role_arn: "x'; DROP" })).toThrow(/role_arn/);
    const { results_stream: _, ...rest } = PARAMETERS;
    expect(() => warehouseStatements(rest as typeof PARAMETERS)).toThrow(/result_delivery.*results_stream/);
  });
});
