import { RULE_DEFINITIONS, type RecordType } from '@ad-analytics/event-schemas';
import type { Database } from './database';

/** The rules, by the name of their file and table. */
const RULES = RULE_DEFINITIONS.map(({ folder }) => folder);
const FINDING =
  'rule, actor_type, actor_id, window_start, window_end, observed::DOUBLE AS observed, threshold::DOUBLE AS threshold';

/** Creates the table broken_rule: the findings of all rules with the current limits. */
async function applyRules(database: Database): Promise<void> {
  for (const table of ['activity', ...RULES, 'broken_rule']) await database.run(`DROP TABLE IF EXISTS ${table}`);
  await database.materialize('classify/activity.sql');
  for (const rule of RULES) await database.materialize(`rules/${rule}.sql`);
  const findings = RULES.map((rule) => `SELECT ${FINDING} FROM ${rule}`);
  await database.run(`CREATE TABLE broken_rule AS ${findings.join(' UNION ALL ')}`);
}

/**
 * Creates the table expected_fraud_alert of a run in which the rules were changed: each window is evaluated with the rules that were active
 * when the watermark passed its end.
 * @param rules in the order of their activity; `until`: the last watermark of the rules, undefined for the last ones
 */
export async function expectAlerts(
  database: Database,
  rules: readonly { readonly variables: Parameters<Database['setVariables']>[0]; readonly until: number | undefined }[],
): Promise<void> {
  const parts: string[] = [];
  for (const [place, { variables, until }] of rules.entries()) {
    await database.setVariables(variables);
    await applyRules(database);
    const table = `expected_fraud_alert_${place}`;
    await database.materializeAs(table, 'expected/fraud_alert.sql');
    const from = rules[place - 1]?.until;
    // A window is emitted when the watermark reaches its last millisecond.
    const conditions = [
      ...(from === undefined ? [] : [`final_at - 1 > ${from}`]),
      ...(until === undefined ? [] : [`final_at - 1 <= ${until}`]),
    ];
    parts.push(`SELECT * FROM ${table} WHERE ${conditions.join(' AND ')}`);
  }
  await database.run(`CREATE TABLE expected_fraud_alert AS ${parts.join(' UNION ALL ')}`);
}

/** Creates the table expected_<type>; call classifyEvents before. */
export async function expectResults(database: Database, recordType: RecordType): Promise<void> {
  if (recordType === 'fraud_alert') await applyRules(database);
  await database.materializeAs(`expected_${recordType}`, `expected/${recordType}.sql`);
}
