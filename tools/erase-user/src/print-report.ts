import { renderRows } from '@ad-analytics/archive/render-rows';
import type { StoreNames } from './deployed-stores';
import { icebergIdsQuery } from './iceberg-statements';
import type { Erasure } from './user-store';

/**
 * Prints what an erasure found and removed, and what it did not do.
 * @param erasure after its end
 * @param names of the stores that were searched
 */
export function printReport({ remove, report, subject }: Erasure, names: StoreNames): void {
  const counts = report.counts().filter(({ found }) => found > 0);
  if (counts.length === 0) console.log('Found no records of this user.');
  else
    console.log(
      renderRows(counts.map(({ store, kind, found, removed }) => ({ store, kind, found, removed }))).join('\n'),
    );
  const missing = (['table', 'archive', 'warehouse'] as const).filter((name) => names[name] === undefined);
  if (missing.length > 0) console.log(`Not searched, because it was not named: ${missing.join(', ')}`);
  if (names.warehouse !== undefined && names.archive === undefined) {
    report.problem('warehouse', 'rejected events: their ids come from the archive, which was not named');
  }
  if (report.retries > 0) console.log(`Repeated requests: ${report.retries}`);
  if (!remove && names.iceberg !== undefined) {
    console.log(
      'Not searched: the Iceberg table. It can have ids that the other stores have deleted: run this query in Athena, and\n' +
        `give the ids with --click-id and --impression-id.\n${icebergIdsQuery(subject)}`,
    );
  }
  if (!remove) console.log('Nothing was removed. To remove these records, add --yes.');
  for (const { store, text } of report.problems) console.error(`NOT DONE  ${store}: ${text}`);
}
