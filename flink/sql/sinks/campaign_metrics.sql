-- Result records: figures of one window, dimension and key.
--
-- Where it goes, and the columns that every result has, are those of result_stream; the payload has the fields of
-- campaign_metrics in libs/event-schemas.
CREATE TEMPORARY TABLE campaign_metrics (
  campaign_metrics ROW<
    dimension STRING,
    `key` STRING,
    window_start STRING,
    window_end STRING,
    impressions BIGINT,
    clicks BIGINT,
    ctr DOUBLE,
    cost_micros BIGINT,
    unique_users BIGINT
  >
) LIKE result_stream
