-- What does a valid click of each campaign cost? Grain: one row per tumbling window of the impressions' time and campaign with at least one
-- valid click. Final once the last impression's attribution window has closed.
SELECT 'campaign_cost:' || iso(w) || ':' || campaign_id AS record_id,
       iso(w + getvariable('metrics_window_ms')) AS record_time,
       w + getvariable('metrics_window_ms') + getvariable('attribution_window_ms') AS final_at,
       campaign_id, iso(w) AS window_start, iso(w + getvariable('metrics_window_ms')) AS window_end,
       sum(valid)::BIGINT AS valid_clicks,
       round(coalesce(sum(cost_micros), 0)::DOUBLE / sum(valid))::BIGINT AS cost_per_click_micros
FROM (
  SELECT window_start(i.t, getvariable('metrics_window_ms')) AS w, i.campaign_id, i.cost_micros,
         (SELECT count(*) FROM attribution a WHERE a.impression_ord = i.ord AND a.valid) AS valid
  FROM accepted_event i
  WHERE i.source = 'impression'
)
GROUP BY w, campaign_id
HAVING sum(valid) > 0
