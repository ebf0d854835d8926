import { DIMENSIONS, type RecordType } from '@ad-analytics/event-schemas';
import type { Database } from './database';
import type { Equation, StreamLedger } from './ledger';

/**
 * The equations of the contract's ledger: they compare the input with the results after upserts.
 * @param database after compareType of the given types
 * @param types that are checked; equations with other types are left out
 */
export async function ledgerEquations(
  database: Database,
  types: ReadonlySet<RecordType>,
  streams: { impressions: StreamLedger; clicks: StreamLedger },
): Promise<Equation[]> {
  const equations: Equation[] = [];
  const add = (name: string, left: number, right: number) =>
    equations.push({ name, left, right, holds: left === right });
  const found = (type: RecordType, condition = 'true') =>
    database.number(`SELECT count(DISTINCT record_id) FROM found_${type} WHERE ${condition}`);
  const { impressions, clicks } = streams;

  const counted = new Map<string, { impressions: number; clicks: number }>();
  if (types.has('campaign_metrics')) {
    for (const dimension of DIMENSIONS) {
      const sum = (column: string) =>
        database.number(
          `SELECT coalesce(sum(${column}), 0) FROM found_campaign_metrics WHERE dimension = '${dimension}'`,
        );
      counted.set(dimension, { impressions: await sum('impressions'), clicks: await sum('clicks') });
    }
  }
  if (types.has('rejected_event') && types.has('late_event')) {
    const rejected = (source: string) => found('rejected_event', `source = '${source}'`);
    const late = (source: string) => found('late_event', `source = '${source}'`);
    const campaign = counted.get('campaign');
    if (campaign !== undefined) {
      add(
        'impressions: read = rejected + late + duplicates + sum of campaign_metrics',
        impressions.read,
        (await rejected('impression')) + (await late('impression')) + impressions.duplicates + campaign.impressions,
      );
    }
    if (types.has('attributed_click') && types.has('unattributed_click')) {
      add(
        'clicks: read = rejected + late + duplicates + attributed + unattributed',
        clicks.read,
        (await rejected('click')) +
          (await late('click')) +
          clicks.duplicates +
          (await versions(database, 'attributed_click')) +
          (await versions(database, 'unattributed_click')),
      );
    }
  }
  for (const [dimension, sums] of counted) {
    add(`impressions: accepted = sum over the windows of ${dimension}`, impressions.accepted, sums.impressions);
    add(`clicks: accepted = sum over the windows of ${dimension}`, clicks.accepted, sums.clicks);
  }
  return equations;
}

/** A click_id that is repeated after the attribution window is a new click, whose record has the same id and another time. */
function versions(database: Database, type: RecordType): Promise<number> {
  return database.number(`SELECT count(*) FROM (SELECT DISTINCT record_id, record_time FROM found_${type})`);
}
