-- Rule unattributed_burst: which address sends clicks on ads that were not shown, as replayed and forged clicks are?
--
-- Grain:    one row per window and ip with more than unattributed.burst.threshold unattributed clicks; observed: these clicks.
-- Time:     windows of short.window.seconds that slide by short.slide.seconds, by the click's time.
-- Lateness: a window comes once, when the watermark of the attribution passes its end.
-- Inputs:   unattributed_clicks.
-- State:    per slide and ip with such a click, one count; dropped with the last window that it is in.
CREATE TEMPORARY VIEW fraud_unattributed_burst AS
SELECT
  'unattributed_burst' AS rule,
  'ip' AS actor_type,
  ip AS actor_id,
  window_start,
  window_end,
  CAST(COUNT(*) AS DOUBLE) AS observed,
  CAST(${unattributed.burst.threshold} AS DOUBLE) AS threshold
-- The linter takes DESCRIPTOR(...) and SECOND(10) for words before a bracket.
FROM
  TABLE(HOP(
    TABLE unattributed_clicks, DESCRIPTOR(event_time), -- noqa
    INTERVAL '${short.slide.seconds}' SECOND(10), -- noqa
    INTERVAL '${short.window.seconds}' SECOND(10) -- noqa
  ))
WHERE ip IS NOT NULL
GROUP BY window_start, window_end, ip
HAVING COUNT(*) > ${unattributed.burst.threshold}
