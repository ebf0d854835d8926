import { RULE_DEFINITIONS, type RuleDefinition } from '../../src';

const rulesOf = (severity: RuleDefinition['severity']) =>
  RULE_DEFINITIONS.filter((rule) => rule.severity === severity).flatMap(({ alerts }) => alerts);
const listed = (rules: readonly string[]) => `(${rules.map((rule) => `'${rule}'`).join(', ')})`;

/** @returns the text of flink/sql/views/fraud_alerts.sql: the union of the rules, and the severity of a finding */
export function alertsInSql(): string {
  const below = listed(rulesOf('below'));
  const union = RULE_DEFINITIONS.map(({ folder }) => `  SELECT * FROM fraud_${folder}`).join('\n  UNION ALL\n');
  return `-- Every finding of every rule about actors, with its severity. Generated from the catalogue in libs/event-schemas/src/rules. To
-- change it, edit the catalogue, and run: npx nx run event-schemas:generate
--
-- Grain:    one row per rule, actor and window in which the actor broke the rule.
-- Time:     window_start inclusive, window_end exclusive; the rule says which windows.
--           severity: high from three times the threshold on (rules where less is worse: up to a third of it), else medium;
--           always low for bots that declare what they are.
-- Lateness: a finding comes once, when the watermark passes the window's end.
-- Inputs:   the views fraud_*.
-- State:    none.
CREATE TEMPORARY VIEW fraud_alerts AS
SELECT
  rule,
  actor_type,
  actor_id,
  window_start,
  window_end,
  observed,
  threshold,
  CASE
    WHEN rule IN ${listed(rulesOf('low'))} THEN 'low'
    WHEN rule IN ${below} AND observed <= threshold / 3 THEN 'high'
    WHEN rule NOT IN ${below} AND observed >= 3 * threshold THEN 'high'
    ELSE 'medium'
  END AS severity
FROM (
${union}
) AS findings
`;
}
