import type { RecordType } from '@ad-analytics/event-schemas';
import type { Warehouse } from '@ad-analytics/redshift-data-api';
import { eventIdField, ownEventKinds } from './subject';
import type { Erasure, UserStore } from './user-store';
import {
  type Condition,
  conditionsOf,
  DELIVERIES,
  deliveryView,
  inDeliveries,
  inView,
  isOfType,
} from './warehouse-statements';

/**
 * The warehouse. Rows are deleted from the view that reads the stream, and the view of each type is refreshed from it. SQL cannot look inside
 * rejected events: they are removed by the ids that were found in the archive and the table.
 */
export class WarehouseStore implements UserStore {
  readonly name = 'warehouse';

  /** @param warehouse that runs statements */
  constructor(private readonly warehouse: Pick<Warehouse, 'run' | 'texts'>) {}

  async erase(types: readonly RecordType[], erasure: Erasure): Promise<void> {
    for (const type of types) {
      erasure.signal.throwIfAborted();
      await this.findEventIds(type, erasure);
      await this.eraseType(type, erasure);
      if (erasure.remove) await this.refresh(type, erasure);
    }
    if (types.includes('rejected_event')) await this.reportUnreadable(erasure);
  }

  private async findEventIds(type: RecordType, erasure: Erasure): Promise<void> {
    for (const kind of ownEventKinds(type)) {
      const field = eventIdField(kind);
      for (const { sql, parameters } of this.conditions(type, erasure)) {
        const ids = await this.warehouse.texts(
          `${field} of the user`,
          `SELECT ${inDeliveries(`${type}.${field}`)} FROM ${DELIVERIES} WHERE ${isOfType(type)} AND ${sql}`,
          parameters,
        );
        for (const id of ids) erasure.foundEvent(kind, id);
      }
    }
  }

  private async eraseType(type: RecordType, erasure: Erasure): Promise<void> {
    for (const condition of this.conditions(type, erasure)) {
      const where = { ...condition, sql: `${isOfType(type)} AND ${condition.sql}` };
      const found = await this.count(type, DELIVERIES, where);
      erasure.report.add(this.name, type, { found });
      if (!erasure.remove || found === 0) continue;
      await this.warehouse.run(`erase ${type}`, `DELETE FROM ${DELIVERIES} WHERE ${where.sql}`, where.parameters);
      // The stream can deliver records between the two statements: then more rows can exist than were found.
      const left = await this.count(type, DELIVERIES, where);
      erasure.report.add(this.name, type, { removed: Math.max(0, found - left) });
    }
  }

  /** Refresh even if nothing was deleted: an earlier run may have ended before its refresh, and the view may still have the user's rows. */
  private async refresh(type: RecordType, erasure: Erasure): Promise<void> {
    const view = deliveryView(type);
    const left = async () => {
      let rows = 0;
      for (const condition of this.conditions(type, erasure, inView)) rows += await this.count(type, view, condition);
      return rows;
    };
    if ((await left()) === 0) return;
    await this.warehouse.run(`refresh ${view}`, `REFRESH MATERIALIZED VIEW ${view}`);
    const rows = await left();
    if (rows === 0) return;
    const again = 'npx nx run infra:redshift --env ENVIRONMENT --rebuild';
    erasure.report.problem(this.name, `${view} still has ${rows} rows after its refresh. Recreate it: ${again}`);
  }

  private async reportUnreadable({ report }: Erasure): Promise<void> {
    const unreadable = await this.count('rejected_event', DELIVERIES, {
      sql: 'unreadable IS NOT NULL',
      parameters: {},
    });
    if (unreadable > 0) {
      report.problem(
        this.name,
        `${unreadable} rows of ${DELIVERIES} are not JSON and were not searched: see the runbook.`,
      );
    }
  }

  private conditions(type: RecordType, { subject, progress }: Erasure, column = inDeliveries): Condition[] {
    return conditionsOf(type, subject, progress.rejectedIds, column);
  }

  private async count(type: RecordType, from: string, { sql, parameters }: Condition): Promise<number> {
    const query = `SELECT COUNT(*)::VARCHAR(20) FROM ${from} WHERE ${sql}`;
    const [count] = await this.warehouse.texts(`count of ${type}`, query, parameters);
    return Number(count);
  }
}
