-- Which publishers have a sudden rise of the click-through rate? The rate of a window is too many standard deviations above the
-- mean of the publisher's trailing windows.
-- Grain: one row per publisher and metrics window with enough impressions. Windows with fewer impressions are ignored.
-- Rates are integer millionths, so that sums are exact: for n rates with sum s and sum of squares q, the variance is (n q -
-- s^2) / n^2.
-- The deviation is at least the sampling noise of a proportion, sqrt(p (1 - p) / impressions) at the mean rate p: otherwise
-- publishers with few clicks per window would be found by chance. A mean rate above 1 is not a proportion and has no such
-- noise.
-- A window that begins more than seven days after the end of the previous one starts a new history.
WITH eligible AS (
  SELECT publisher_id, window_start(t, getvariable('metrics_window_ms')) AS w,
         count(*) FILTER (source = 'impression') AS impressions,
         count(*) FILTER (source = 'click') AS clicks,
         -- Adding half of the divisor rounds half up.
         (2000000 * clicks + impressions) // (2 * impressions) AS rate
  FROM accepted_event
  GROUP BY publisher_id, w
  HAVING impressions > 0 AND impressions >= getvariable('publisher_ctr_min_impressions')
),
remembered AS (
  SELECT *, count(*) FILTER (w - earlier_w - getvariable('metrics_window_ms') > 7 * 86400000)
              OVER (PARTITION BY publisher_id ORDER BY w) AS memory
  FROM (SELECT *, lag(w) OVER (PARTITION BY publisher_id ORDER BY w) AS earlier_w FROM eligible)
),
judged AS (
  SELECT publisher_id, w, impressions, rate, count(*) OVER earlier AS n,
         sum(rate) OVER earlier AS s, sum(rate::HUGEINT * rate) OVER earlier AS q
  FROM remembered
  WINDOW earlier AS (PARTITION BY publisher_id, memory ORDER BY w
                      ROWS BETWEEN getvariable('publisher_ctr_trailing_windows') PRECEDING AND 1 PRECEDING)
),
scored AS (
  SELECT publisher_id, w, s / n AS mean,
         greatest(sqrt(n * q - s * s) / n,
                  sqrt(greatest(0, mean * (1e6 - mean)) / impressions)) AS deviation,
         (rate - mean) / deviation AS z
  FROM judged
  WHERE n >= getvariable('publisher_ctr_min_windows')
)
SELECT 'publisher_ctr_anomaly' AS rule, 'publisher' AS actor_type, publisher_id AS actor_id,
       w AS window_start, w + getvariable('metrics_window_ms') AS window_end,
       round(z, 4) AS observed, getvariable('publisher_ctr_z_threshold') AS threshold
FROM scored
WHERE deviation > 0 AND z >= getvariable('publisher_ctr_z_threshold')
