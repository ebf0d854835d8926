-- Rule id_fan_out: which addresses have more users than is plausible for one address?
--
-- Grain:    one row per window and ip with more than id.fan.out.threshold distinct users among its impressions and clicks;
--           observed: the users.
-- Time:     windows of long.window.seconds that slide by long.slide.seconds, by the events' own times.
-- Lateness: a window comes once, when the watermark passes its end.
-- Inputs:   long_actor_windows.
-- State:    none.
CREATE TEMPORARY VIEW fraud_id_fan_out AS
SELECT
  'id_fan_out' AS rule,
  actor_type,
  actor_id,
  window_start,
  window_end,
  CAST(users AS DOUBLE) AS observed,
  CAST(${id.fan.out.threshold} AS DOUBLE) AS threshold
FROM long_actor_windows
WHERE SWITCHED_ON(${alert.id_fan_out.enabled}) AND actor_type = 'ip' AND users > ${id.fan.out.threshold}
