import { ICEBERG_TABLE_NAME } from '@ad-analytics/archive-table';
import { sqlLiteral } from '@ad-analytics/duckdb-client/sql-literal';
import { PHASES, type Subject } from './subject';
import { conditionsOf } from './warehouse-statements';

/**
 * @param subject whose records, after the search of the other stores
 * @param rejectedIds of the user's rejected events
 * @returns statements for Athena that delete the user's rows of the Iceberg table
 */
export function icebergStatements(subject: Subject, rejectedIds: ReadonlySet<string>): string[] {
  return PHASES.flat().flatMap((type) =>
    conditionsOf(type, subject, rejectedIds, (path) => path).map(({ sql, parameters }) => {
      const condition = sql.replaceAll(/:(\w+)/g, (_name, name: string) => sqlLiteral(parameters[name] ?? ''));
      return `DELETE FROM ${ICEBERG_TABLE_NAME} WHERE record_type = '${type}' AND ${condition};`;
    }),
  );
}
