-- Result records: clicks that belong to no impression.
--
-- Where it goes, and the columns that every result has, are those of result_stream; the payload has the fields of
-- unattributed_click in libs/event-schemas.
CREATE TEMPORARY TABLE unattributed_click (
  unattributed_click ROW<
    click_id STRING,
    impression_id STRING,
    user_id STRING,
    campaign_id STRING,
    ad_id STRING,
    publisher_id STRING,
    click_time STRING
  >
) LIKE result_stream
