-- All findings of the rules that are checked. Grain: one row per rule, actor and window.
SELECT 'fraud_alert:' || rule || ':' || actor_type || ':' || iso(f.window_start) || ':' || actor_id AS record_id,
       iso(f.window_end) AS record_time, f.window_end AS final_at,
       rule, actor_type, actor_id, iso(f.window_start) AS window_start, iso(f.window_end) AS window_end, observed, threshold, severity
FROM (
  FROM too_many_a_minute UNION ALL FROM abnormal_ctr UNION ALL FROM id_fan_out UNION ALL FROM known_bot
) f
