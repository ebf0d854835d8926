-- Which actors click at regular intervals? The gaps between their clicks hardly vary: the standard deviation is a small
-- fraction of the mean. Grain: one row per user or address and long window with enough accepted clicks. A gap counts in the
-- windows that contain both of its clicks.
-- All sums are of integer milliseconds and therefore exact: for m gaps with sum s and sum of squares q, deviation / mean is
-- sqrt(m q - s^2) / s.
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
         -- The square of a gap of years would exceed a BIGINT, even though it is filtered out.
         sum(gap::HUGEINT * gap) FILTER (t - gap >= w) AS q
  FROM windowed
  GROUP BY actor_type, actor_id, w
  HAVING count(*) >= getvariable('metronome_min_clicks')
),
varied AS (
  -- Clicks with the same time are a batch, not regular intervals: their mean gap is 0.
  SELECT *, sqrt(gaps * q - s * s) / s AS variation FROM summed WHERE s > 0
)
SELECT 'metronome' AS rule, actor_type, actor_id, w AS window_start, w + getvariable('long_window_ms') AS window_end,
       round(variation, 6) AS observed, getvariable('metronome_variation_threshold') AS threshold
FROM varied
WHERE variation < getvariable('metronome_variation_threshold')
