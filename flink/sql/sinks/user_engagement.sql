-- Result records: engagement of one user in one window.
--
-- Where it goes, and the columns that every result has, are those of result_stream; the payload has the fields of
-- user_engagement in libs/event-schemas.
CREATE TEMPORARY TABLE user_engagement (
  user_engagement ROW<
    user_id STRING,
    window_start STRING,
    window_end STRING,
    impressions BIGINT,
    clicks BIGINT,
    distinct_campaigns BIGINT,
    score DOUBLE
  >
) LIKE result_stream
