-- Rule known_bot: from which addresses do bots come that say what they are?
--
-- Grain:    one row per window and ip with an impression or click whose user agent is on the list; observed: these events.
-- Time:     tumbling windows of short.window.seconds, by the event's own time.
-- Lateness: a window comes once, when the watermark passes its end.
-- Inputs:   ad_events.
-- State:    per open window and ip with such an event, one count; dropped when the window comes.
CREATE TEMPORARY VIEW fraud_known_bot AS
SELECT
  'known_bot' AS rule,
  'ip' AS actor_type,
  ip AS actor_id,
  window_start,
  window_end,
  CAST(COUNT(*) AS DOUBLE) AS observed,
  CAST(0 AS DOUBLE) AS threshold
-- The linter takes DESCRIPTOR(...) and SECOND(10) for words before a bracket.
FROM
  TABLE(TUMBLE(TABLE ad_events, DESCRIPTOR(event_time), INTERVAL '${short.window.seconds}' SECOND(10))) -- noqa
WHERE known_bot AND ip IS NOT NULL
GROUP BY window_start, window_end, ip
HAVING SWITCHED_ON(${alert.known_bot.enabled})
