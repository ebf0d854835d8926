import { readFileSync } from 'node:fs';
import path from 'node:path';
import { RECORD_TYPES } from '@ad-analytics/event-schemas';
import { PROJECT_ROOT } from '../project-files';

/** Folder of the SQL files. */
export const REDSHIFT_FOLDER = path.join(PROJECT_ROOT, 'sql', 'redshift');

/** The parameters of the files. */
export interface WarehouseParameters {
  /** The role that reads the stream. */
  readonly role_arn: string;
  /** Name of the stream. */
  readonly results_stream: string;
}

/** One statement to run. */
export interface WarehouseStatement {
  /** Path of its file below the folder, such as `views/late_event.sql`. */
  readonly name: string;
  readonly sql: string;
  /** The materialized view that it creates; CREATE OR REPLACE does not support materialized views. */
  readonly makes?: string;
}

/** @returns the files in the order in which they must be run */
export function warehouseFiles(): string[] {
  return [
    'schemas/ad_analytics.sql',
    'schemas/results_stream.sql',
    'streaming/result_delivery.sql',
    ...RECORD_TYPES.map((type) => `deliveries/${type}_delivery.sql`),
    ...RECORD_TYPES.map((type) => `views/${type}.sql`),
  ];
}

/**
 * @param parameters of the files
 * @returns the statements that create the streaming ingestion, in order
 * @throws {Error} with the file and the parameter whose value is missing or unsafe in SQL
 */
export function warehouseStatements(parameters: WarehouseParameters): WarehouseStatement[] {
  for (const [name, value] of Object.entries(parameters)) {
    if (!/^[\w:/.-]+$/.test(value)) throw new Error(`${name}: ${JSON.stringify(value)} is not allowed in the SQL`);
  }
  const given = new Map<string, string>(Object.entries(parameters));
  return warehouseFiles().map((name) => {
    const text = readFileSync(path.join(REDSHIFT_FOLDER, name), 'utf8');
    const sql = text.replaceAll(/\$\{(\w+)\}/g, (_placeholder, parameter: string) => {
      const value = given.get(parameter);
      if (value === undefined) throw new Error(`${name} needs the parameter ${parameter}, but its value is missing`);
      return value;
    });
    const makes = /^CREATE MATERIALIZED VIEW (\S+)$/m.exec(sql)?.[1];
    return { name, sql, ...(makes === undefined ? {} : { makes }) };
  });
}
