-- Rule known_bot: which addresses send events of bots that identify themselves?
--
-- Grain:    one row per window and ip with an impression or click whose user agent is on the list; observed: these events.
-- Time:     tumbling windows of short.window.seconds, by the event's own time.
-- Lateness: a window comes once, when the watermark passes its end.
-- Inputs:   bot_windows.
-- State:    none.
CREATE TEMPORARY VIEW fraud_known_bot AS
SELECT
  'known_bot' AS rule,
  'ip' AS actor_type,
  ip AS actor_id,
  window_start,
  window_end,
  CAST(events AS DOUBLE) AS observed,
  CAST(0 AS DOUBLE) AS threshold
FROM bot_windows
WHERE SWITCHED_ON(${alert.known_bot.enabled})
