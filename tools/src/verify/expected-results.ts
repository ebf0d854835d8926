import { FRAUD_RULES, type FraudRule, type RecordType } from '@ad-analytics/event-schemas';
import type { Database } from './database';

/** Each finds what breaks one or more rules; fraud_alert puts them together. */
const FRAUD_STEPS = ['activity', 'too_many_a_minute', 'abnormal_ctr', 'id_fan_out', 'known_bot'];

/** Rules whose exact definition is still open. */
export const UNCHECKED_RULES: readonly FraudRule[] = ['publisher_ctr_anomaly', 'metronome'];

/** Rules that the check computes. */
export const CHECKED_RULES = FRAUD_RULES.filter((rule) => !UNCHECKED_RULES.includes(rule));

/** Makes the table expected_<type>, after judgeEvents. */
export async function expectResults(database: Database, recordType: RecordType): Promise<void> {
  if (recordType === 'fraud_alert') for (const step of FRAUD_STEPS) await database.materialize(`fraud/${step}.sql`);
  await database.materializeAs(`expected_${recordType}`, `expected/${recordType}.sql`);
}
