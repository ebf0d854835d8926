-- Every finding of every rule about actors, with its severity. Generated from the catalogue in libs/event-schemas/src/rules. To
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
    WHEN rule IN ('known_bot') THEN 'low'
    WHEN rule IN ('metronome') AND observed <= threshold / 3 THEN 'high'
    WHEN rule NOT IN ('metronome') AND observed >= 3 * threshold THEN 'high'
    ELSE 'medium'
  END AS severity
FROM (
  SELECT * FROM fraud_known_bot
  UNION ALL
  SELECT * FROM fraud_click_velocity
  UNION ALL
  SELECT * FROM fraud_impression_flood
  UNION ALL
  SELECT * FROM fraud_abnormal_ctr
  UNION ALL
  SELECT * FROM fraud_publisher_ctr_anomaly
  UNION ALL
  SELECT * FROM fraud_metronome
  UNION ALL
  SELECT * FROM fraud_unattributed_burst
  UNION ALL
  SELECT * FROM fraud_id_fan_out
) AS findings
