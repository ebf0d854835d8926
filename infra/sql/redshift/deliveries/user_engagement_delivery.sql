-- Deliveries of user_engagement. One record per user and sliding window, for windows in whose last slide the user had
-- an accepted event.
-- Refreshed from result_delivery, not from the stream; can be dropped and made again. Generated: npx nx run infra:generate
CREATE MATERIALIZED VIEW ad_analytics.user_engagement_delivery
DISTSTYLE KEY
DISTKEY (record_id)
SORTKEY (event_time)
AUTO REFRESH YES
AS
SELECT
  approximate_arrival_timestamp,
  record.record_id::VARCHAR(1024) AS record_id,
  record.schema_version::INTEGER AS schema_version,
  record.event_time::VARCHAR(24) AS event_time,
  record.user_engagement.user_id::VARCHAR(512) AS user_id,
  record.user_engagement.window_start::VARCHAR(24) AS window_start,
  record.user_engagement.window_end::VARCHAR(24) AS window_end,
  record.user_engagement.impressions::BIGINT AS impressions,
  record.user_engagement.clicks::BIGINT AS clicks,
  record.user_engagement.distinct_campaigns::BIGINT AS distinct_campaigns,
  record.user_engagement.score::DOUBLE PRECISION AS score
FROM ad_analytics.result_delivery
WHERE record.record_type::VARCHAR(64) = 'user_engagement';
