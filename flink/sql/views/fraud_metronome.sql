-- Rule metronome: who clicks like clockwork?
--
-- Grain:    one row per window and actor with at least metronome.min.clicks clicks, the gaps between which vary less than
--           metronome.variation.threshold; observed: their standard deviation / mean.
-- Time:     windows of long.window.seconds that slide by long.slide.seconds, by the click's own time.
-- Lateness: a window comes once, when the watermark passes its end.
-- Inputs:   actor_events.
-- State:    per slide and actor with a click, the times of its clicks; dropped with the last window that they are in.
CREATE TEMPORARY VIEW fraud_metronome AS
SELECT
  'metronome' AS rule,
  actor_type,
  actor_id,
  window_start,
  window_end,
  ROUND(variation, 6) AS observed,
  CAST(${metronome.variation.threshold} AS DOUBLE) AS threshold
FROM (
  SELECT
    actor_type,
    actor_id,
    window_start,
    window_end,
    COUNT(*) AS clicks,
    GAP_VARIATION(EXTRACT(EPOCH FROM event_time) * 1000 + EXTRACT(MILLISECOND FROM event_time)) AS variation
  -- The linter takes DESCRIPTOR(...) and SECOND(10) for words before a bracket.
  FROM
    TABLE(HOP(
      TABLE actor_events, DESCRIPTOR(event_time), -- noqa
      INTERVAL '${long.slide.seconds}' SECOND(10), -- noqa
      INTERVAL '${long.window.seconds}' SECOND(10) -- noqa
    ))
  WHERE clicks = 1
  GROUP BY window_start, window_end, actor_type, actor_id
) AS per_window
WHERE clicks >= ${metronome.min.clicks} AND variation < CAST(${metronome.variation.threshold} AS DOUBLE)
