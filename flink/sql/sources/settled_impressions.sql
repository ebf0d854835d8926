-- Impressions whose attribution window has closed, with the clicks that came of them.
--
-- Grain:     one row per accepted impression.
-- Time:      event_time, the end of the impression's attribution window: what is settled then lies before it. The impression
--            was shown at impression_time, attribution.window.seconds earlier.
-- Watermark: of the attribution operator.
CREATE TEMPORARY TABLE settled_impressions (
  campaign_id STRING,
  impression_time TIMESTAMP_LTZ(3),
  event_time TIMESTAMP_LTZ(3),
  attributed_clicks BIGINT,
  valid_clicks BIGINT,
  cost_micros BIGINT,
  WATERMARK FOR event_time AS SOURCE_WATERMARK()
) WITH (
  'connector' = 'event-pipeline',
  'stream' = 'settled_impression'
)
