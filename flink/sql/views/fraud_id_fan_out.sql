-- Rule id_fan_out: behind which addresses are more users than live at one?
--
-- Grain:    one row per window and ip with more than id.fan.out.threshold distinct users among its impressions and clicks;
--           observed: the users.
-- Time:     long sliding windows, by the events' own times.
-- Lateness: a window comes once, when the watermark passes its end.
-- Inputs:   ad_events.
-- State:    per slide, ip and user, one accumulator, dropped with the last window that it is in; per open window and ip, one
--           count, dropped when the window comes.
CREATE TEMPORARY VIEW fraud_id_fan_out AS
SELECT
  'id_fan_out' AS rule,
  'ip' AS actor_type,
  ip AS actor_id,
  window_start,
  window_end,
  CAST(COUNT(*) AS DOUBLE) AS observed,
  CAST(${id.fan.out.threshold} AS DOUBLE) AS threshold
FROM (
  SELECT
    window_start,
    window_end,
    ip,
    user_id
  -- The linter takes DESCRIPTOR(...) and SECOND(10) for words before a bracket.
  FROM
    TABLE(HOP(
      TABLE ad_events, DESCRIPTOR(event_time), -- noqa
      INTERVAL '${long.slide.seconds}' SECOND(10), -- noqa
      INTERVAL '${long.window.seconds}' SECOND(10) -- noqa
    ))
  WHERE ip IS NOT NULL
  GROUP BY window_start, window_end, ip, user_id
) AS users
GROUP BY window_start, window_end, ip
HAVING COUNT(*) > ${id.fan.out.threshold}
