-- Who clicks like clockwork? The gaps between an actor's clicks hardly vary: their standard deviation is a small part of their mean. Grain: one
-- row per user or address and long window with enough accepted clicks. The gap before a click counts in the windows that hold both its ends.
-- All sums are of whole milliseconds, so exact: of m gaps with sum s and sum of squares q, deviation / mean is sqrt(m q - s^2) / s.
WITH click AS (
  SELECT actor_type, actor_id, t, t - lag(t) OVER (PARTITION BY actor_type, actor_id ORDER BY t) AS gap
  FROM (
    SELECT 'user' AS actor_type, user_id AS actor_id, t FROM accepted_event WHERE source = 'click'
    UNION ALL
    SELECT 'ip', ip, t FROM accepted_event WHERE source = 'click' AND ip IS NOT NULL
  )
),
windowed AS (
  SELECT *, unnest(sliding_window_starts(t, getvariable('long_window_ms'), getvariable('long_slide_ms'))) AS w FROM click
),
summed AS (
  SELECT actor_type, actor_id, w, count(*) - 1 AS gaps,
         sum(gap) FILTER (t - gap >= w) AS s,
         -- The square of a gap of years, though filtered out, would be too large for a BIGINT.
         sum(gap::HUGEINT * gap) FILTER (t - gap >= w) AS q
  FROM windowed
  GROUP BY actor_type, actor_id, w
  HAVING count(*) >= getvariable('metronome_min_clicks')
),
varied AS (
  -- All clicks at the same time are a batch that was sent at once, not a clock: their mean gap is 0.
  SELECT *, sqrt(gaps * q - s * s) / s AS variation FROM summed WHERE s > 0
)
SELECT 'metronome' AS rule, actor_type, actor_id, w AS window_start, w + getvariable('long_window_ms') AS window_end,
       round(variation, 6) AS observed, getvariable('metronome_variation_threshold') AS threshold
FROM varied
WHERE variation < getvariable('metronome_variation_threshold')
