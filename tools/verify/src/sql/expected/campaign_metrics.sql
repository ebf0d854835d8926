-- How many impressions and clicks are there? Grain: one row per tumbling window, dimension and key with at least one event;
-- each event counts
-- in the window of its event time. Clicks are gross: attributed or not.
WITH counted AS (
  SELECT window_start(t, getvariable('metrics_window_ms')) AS w, source, user_id, cost_micros,
         unnest([
           {dimension: 'campaign', key: campaign_id},
           {dimension: 'ad', key: ad_id},
           {dimension: 'publisher', key: publisher_id},
           {dimension: 'device_type', key: coalesce(device_type, 'unknown')},
           {dimension: 'country', key: coalesce(country, 'unknown')}
         ], recursive := true)
  FROM accepted_event
)
SELECT 'campaign_metrics:' || dimension || ':' || iso(w) || ':' || key AS record_id,
       iso(w + getvariable('metrics_window_ms')) AS record_time,
       w + getvariable('metrics_window_ms') AS final_at,
       dimension, key, iso(w) AS window_start, iso(w + getvariable('metrics_window_ms')) AS window_end,
       count(*) FILTER (source = 'impression') AS impressions,
       count(*) FILTER (source = 'click') AS clicks,
       CASE WHEN impressions > 0 THEN clicks::DOUBLE / impressions END AS ctr,
       coalesce(sum(cost_micros), 0)::BIGINT AS cost_micros,
       count(DISTINCT user_id) AS unique_users
FROM counted
GROUP BY w, dimension, key
