-- Result records: actors that broke a rule about invalid traffic.
--
-- Where it goes, and the columns that every result has, are those of result_stream; the payload has the fields of
-- fraud_alert in libs/event-schemas.
CREATE TEMPORARY TABLE fraud_alert (
  fraud_alert ROW<
    rule STRING,
    actor_type STRING,
    actor_id STRING,
    window_start STRING,
    window_end STRING,
    observed DOUBLE,
    threshold DOUBLE,
    severity STRING
  >
) LIKE result_stream
