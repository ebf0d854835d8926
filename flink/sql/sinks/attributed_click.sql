-- Result records: clicks with the impression they belong to.
--
-- Where it goes, and the columns that every result has, are those of result_stream; the payload has the fields of
-- attributed_click in libs/event-schemas.
CREATE TEMPORARY TABLE attributed_click (
  attributed_click ROW<
    click_id STRING,
    impression_id STRING,
    user_id STRING,
    campaign_id STRING,
    ad_id STRING,
    publisher_id STRING,
    device_type STRING,
    country STRING,
    impression_time STRING,
    click_time STRING,
    time_to_click_ms BIGINT,
    cost_micros BIGINT,
    invalid_reasons ARRAY<STRING>
  >
) LIKE result_stream
