-- Rule metronome: which actors click at regular intervals?
--
-- Grain:    one row per window and actor with at least metronome.min.clicks clicks whose gaps vary less than
--           metronome.variation.threshold; observed: standard deviation / mean of the gaps.
-- Time:     windows of long.window.seconds that slide by long.slide.seconds, by the click's own time.
-- Lateness: a window comes once, when the watermark passes its end.
-- Inputs:   long_actor_windows.
-- State:    none.
CREATE TEMPORARY VIEW fraud_metronome AS
SELECT
  'metronome' AS rule,
  actor_type,
  actor_id,
  window_start,
  window_end,
  ROUND(click_gap_variation, 6) AS observed,
  CAST(${metronome.variation.threshold} AS DOUBLE) AS threshold
FROM long_actor_windows
WHERE
  SWITCHED_ON(${alert.metronome.enabled})
  AND clicks >= ${metronome.min.clicks}
  AND click_gap_variation < CAST(${metronome.variation.threshold} AS DOUBLE)
