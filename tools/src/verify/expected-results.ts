import type { RecordType } from '@ad-analytics/event-schemas';
import type { Database } from './database';

/** Each finds what breaks one or more rules; fraud_alert puts them together. */
const FRAUD_STEPS = [
  'activity',
  'too_many_events',
  'abnormal_ctr',
  'id_fan_out',
  'known_bot',
  'publisher_ctr_anomaly',
  'metronome',
];

/** Makes the table expected_<type>, after judgeEvents. */
export async function expectResults(database: Database, recordType: RecordType): Promise<void> {
  if (recordType === 'fraud_alert') for (const step of FRAUD_STEPS) await database.materialize(`fraud/${step}.sql`);
  await database.materializeAs(`expected_${recordType}`, `expected/${recordType}.sql`);
}
