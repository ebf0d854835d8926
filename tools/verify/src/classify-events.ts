import type { Source } from '@ad-analytics/event-schemas';
import type { Database } from './database';
import type { StreamLedger } from './ledger';

/** In the order of their dependencies; each creates the table of the same name. */
const STEPS = [
  'lateness',
  'reported_late',
  'pause',
  'late_after_quiet',
  'timely_event',
  'repeated_event',
  'first_event',
  'duplicate_event',
  'accepted_event',
  'attribution',
];

/** Classifies every valid event as late, duplicate or accepted, and finds the impression of each click. */
export async function classifyEvents(database: Database): Promise<void> {
  for (const step of STEPS) await database.materialize(`classify/${step}.sql`);
}

/**
 * @returns the counts of one stream; call classifyEvents before
 * @param read number of records read
 */
export async function streamLedger(database: Database, source: Source, read: number): Promise<StreamLedger> {
  const count = (table: string, condition = 'true') =>
    database.number(`SELECT count(*) FROM ${table} WHERE source = '${source}' AND ${condition}`);
  const lateAfterQuiet = await count('late_after_quiet');
  return {
    read,
    rejected: await count('rejected_record'),
    late: (await count('lateness', 'late')) + lateAfterQuiet,
    lateAfterQuiet,
    duplicates: await count('duplicate_event'),
    accepted: await count('accepted_event'),
  };
}
