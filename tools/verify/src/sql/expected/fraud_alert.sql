-- All findings of all rules. Grain: one row per rule, actor and window. The severity is high from three times the threshold;
-- for metronome, where smaller values are worse, up to a third of it. It is always low for known bots, because they identify
-- themselves.
SELECT 'fraud_alert:' || rule || ':' || actor_type || ':' || iso(f.window_start) || ':' || actor_id AS record_id,
       iso(f.window_end) AS record_time, f.window_end AS final_at,
       rule, actor_type, actor_id, iso(f.window_start) AS window_start, iso(f.window_end) AS window_end,
       f.observed::DOUBLE AS observed, f.threshold::DOUBLE AS threshold,
       CASE WHEN rule = 'known_bot' THEN 'low'
            WHEN rule = 'metronome' AND f.observed <= f.threshold::DOUBLE / 3 THEN 'high'
            WHEN rule <> 'metronome' AND f.observed >= 3 * f.threshold::DOUBLE THEN 'high'
            ELSE 'medium' END AS severity
FROM broken_rule f
WHERE rule IN (SELECT unnest(string_split(getvariable('enabled_alerts'), ',')))
