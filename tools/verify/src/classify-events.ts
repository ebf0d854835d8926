import type { Source } from '@ad-analytics/event-schemas';
import type { Database } from './database';
import type { StreamLedger } from './ledger';

/** In the order in which they need each other; each makes the table that it is named after. */
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

/** Decides for every valid event whether it is late, a duplicate or accepted, and which impression each click belongs to. */
export async function classifyEvents(database: Database): Promise<void> {
  for (const step of STEPS) await database.materialize(`classify/${step}.sql`);
}

/**
 * @returns the outcome of the records of one stream, after classifyEvents
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
