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

/**
 * Makes the table expected_fraud_alert of a run in which the rules were changed: for each window those rules that held when the
 * watermark passed its end.
 * @param rules in the order in which they held; `until`: the watermark up to which, undefined of the last
 */
export async function expectAlerts(
  database: Database,
  rules: readonly { readonly variables: Parameters<Database['setVariables']>[0]; readonly until: number | undefined }[],
): Promise<void> {
  const parts: string[] = [];
  for (const [place, { variables, until }] of rules.entries()) {
    await database.setVariables(variables);
    for (const step of FRAUD_STEPS) {
      await database.run(`DROP TABLE IF EXISTS ${step}`);
      await database.materialize(`fraud/${step}.sql`);
    }
    const table = `expected_fraud_alert_${place}`;
    await database.materializeAs(table, 'expected/fraud_alert.sql');
    const from = rules[place - 1]?.until;
    // A window comes when the watermark reaches its last moment.
    const conditions = [
      ...(from === undefined ? [] : [`final_at - 1 > ${from}`]),
      ...(until === undefined ? [] : [`final_at - 1 <= ${until}`]),
    ];
    parts.push(`SELECT * FROM ${table} WHERE ${conditions.join(' AND ')}`);
  }
  await database.run(`CREATE TABLE expected_fraud_alert AS ${parts.join(' UNION ALL ')}`);
}

/** Makes the table expected_<type>, after judgeEvents. */
export async function expectResults(database: Database, recordType: RecordType): Promise<void> {
  if (recordType === 'fraud_alert') for (const step of FRAUD_STEPS) await database.materialize(`fraud/${step}.sql`);
  await database.materializeAs(`expected_${recordType}`, `expected/${recordType}.sql`);
}
