-- What are the settled figures of each campaign's impressions? Grain: one row per tumbling window of the impressions' time and
-- campaign with at least
-- one impression; a click counts in the window of its impression. Final once the last impression's attribution window has closed.
SELECT 'attribution_metrics:' || iso(w) || ':' || campaign_id AS record_id,
       iso(w + getvariable('metrics_window_ms')) AS record_time,
       w + getvariable('metrics_window_ms') + getvariable('attribution_window_ms') AS final_at,
       campaign_id, iso(w) AS window_start, iso(w + getvariable('metrics_window_ms')) AS window_end,
       count(*) AS impressions,
       sum(attributed)::BIGINT AS attributed_clicks,
       sum(valid)::BIGINT AS valid_clicks,
       attributed_clicks::DOUBLE / impressions AS ctr,
       valid_clicks::DOUBLE / impressions AS valid_ctr,
       coalesce(sum(cost_micros), 0)::BIGINT AS cost_micros
FROM (
  SELECT window_start(i.t, getvariable('metrics_window_ms')) AS w, i.campaign_id, i.cost_micros,
         coalesce(a.attributed, 0) AS attributed, coalesce(a.valid, 0) AS valid
  FROM accepted_event i
  LEFT JOIN (
    SELECT impression_ord, count(*) AS attributed, count(*) FILTER (valid) AS valid
    FROM attribution
    GROUP BY impression_ord
  ) a ON a.impression_ord = i.ord
  WHERE i.source = 'impression'
)
GROUP BY w, campaign_id
