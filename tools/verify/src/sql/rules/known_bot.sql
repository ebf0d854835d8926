-- Which addresses have events of known bots? Grain: one row per address and tumbling short window with at least one impression
-- or click whose
-- user agent is on the list.
SELECT 'known_bot' AS rule, 'ip' AS actor_type, ip AS actor_id,
       window_start(t, getvariable('short_window_ms')) AS window_start, window_start + getvariable('short_window_ms') AS window_end,
       count(*) AS observed, 0 AS threshold
FROM accepted_event
WHERE known_bot AND ip IS NOT NULL
GROUP BY ip, window_start(t, getvariable('short_window_ms'))
