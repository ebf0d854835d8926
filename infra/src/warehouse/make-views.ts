import type { Warehouse } from '@ad-analytics/redshift-data-api';
import type { WarehouseStatement } from './statements';

const EXISTING = "SELECT TRIM(schema_name) || '.' || TRIM(name) FROM svv_mv_info WHERE schema_name = 'ad_analytics'";

/** The view with records that the stream no longer has. */
export const RESULT_DELIVERY = 'ad_analytics.result_delivery';

/** Outcome of a statement. */
export type Outcome = 'run' | 'recreated' | 'there already';

/**
 * Creates the streaming ingestion. It can be run again: an existing materialized view stays, because it cannot be replaced in place.
 * @param warehouse runs the statements
 * @param statements in order
 * @param options `rebuild`: drop and recreate the materialized views that derive from {@link RESULT_DELIVERY}, after a change of the
 *   contract; `onDone` is called with each statement
 * @throws {StatementError} with the statement that Redshift rejects
 */
export async function makeViews(
  warehouse: Pick<Warehouse, 'run' | 'texts'>,
  statements: readonly WarehouseStatement[],
  options: { rebuild: boolean; onDone: (name: string, outcome: Outcome) => void },
): Promise<void> {
  const existing = new Set(await warehouse.texts('existing materialized views', EXISTING));
  for (const { name, sql, makes } of statements) {
    const there = makes !== undefined && existing.has(makes);
    if (there && (makes === RESULT_DELIVERY || !options.rebuild)) {
      options.onDone(name, 'there already');
      continue;
    }
    if (there) await warehouse.run(`drop ${name}`, `DROP MATERIALIZED VIEW ${makes}`);
    await warehouse.run(name, sql);
    options.onDone(name, there ? 'recreated' : 'run');
  }
}
