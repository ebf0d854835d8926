-- Rule unattributed_burst: which addresses send clicks on ads that were not shown, for example replayed or forged clicks?
--
-- Grain:    one row per window and ip with more than unattributed.burst.threshold unattributed clicks; observed: these clicks.
-- Time:     windows of short.window.seconds that slide by short.slide.seconds, by the click's time.
-- Lateness: a window comes once, when the watermark of the attribution passes its end.
-- Inputs:   short_actor_windows.
-- State:    none.
CREATE TEMPORARY VIEW fraud_unattributed_burst AS
SELECT
  'unattributed_burst' AS rule,
  actor_type,
  actor_id,
  window_start,
  window_end,
  CAST(unattributed_clicks AS DOUBLE) AS observed,
  CAST(${unattributed.burst.threshold} AS DOUBLE) AS threshold
FROM short_actor_windows
WHERE
  SWITCHED_ON(${alert.unattributed_burst.enabled})
  AND actor_type = 'ip'
  AND unattributed_clicks > ${unattributed.burst.threshold}
