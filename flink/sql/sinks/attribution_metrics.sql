-- Result records: the outcome of the impressions of one window and campaign.
--
-- Where it goes, and the columns that every result has, are those of result_stream; the payload has the fields of
-- attribution_metrics in libs/event-schemas.
CREATE TEMPORARY TABLE attribution_metrics (
  attribution_metrics ROW<
    campaign_id STRING,
    window_start STRING,
    window_end STRING,
    impressions BIGINT,
    attributed_clicks BIGINT,
    valid_clicks BIGINT,
    ctr DOUBLE,
    valid_ctr DOUBLE,
    cost_micros BIGINT
  >
) LIKE result_stream
