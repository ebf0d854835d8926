-- @title Criteo attribution modelling data set: criteo_attribution_dataset.tsv.gz
-- @format csv
-- @delimiter tab
-- A row is an impression, clicked or not. The times are seconds since the first impression; its date is not published, so
-- 2017-01-01 stands for it. Ads and publishers are not published. The cost is transformed by Criteo: only ratios mean something.
SELECT
  timezone('UTC', TIMESTAMP '2017-01-01') + to_seconds(try_cast("timestamp" AS BIGINT)) AS event_time,
  click AS clicked,
  uid AS user_id,
  campaign AS campaign_id,
  'campaign-' || campaign AS ad_id,
  'unknown' AS publisher_id,
  micros_from_dollars(cost) AS cost_micros,
  source AS source_row
FROM source
