-- From which addresses do known bots come? Grain: one row per address and tumbling minute with at least one impression or click whose user
-- agent is on the list. The threshold is 0, so the severity is always high.
SELECT 'known_bot' AS rule, 'ip' AS actor_type, ip AS actor_id,
       window_start(t, 60000) AS window_start, window_start(t, 60000) + 60000 AS window_end,
       count(*)::DOUBLE AS observed, 0::DOUBLE AS threshold, 'high' AS severity
FROM accepted_event
WHERE known_bot AND ip IS NOT NULL
GROUP BY ip, window_start(t, 60000)
