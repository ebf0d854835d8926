-- Every record of the stream of results, as it was delivered.
--
-- Grain:  one row per delivery; a result that is delivered again has a second row.
-- Source: the stream itself, from its oldest record on. It is the only view that reads the stream: each such view reads it
--         separately, and a shard gives 2 MB/s to all its readers together.
-- Lost:   nothing. A record that is not JSON is in unreadable. Once the stream has forgotten a record, it is only here:
--         never drop this view.
CREATE MATERIALIZED VIEW ad_analytics.result_delivery
DISTSTYLE EVEN
SORTKEY (approximate_arrival_timestamp)
AUTO REFRESH YES
AS
SELECT
  approximate_arrival_timestamp,
  shard_id,
  sequence_number,
  CASE WHEN CAN_JSON_PARSE(kinesis_data) THEN JSON_PARSE(kinesis_data) END AS record,
  CASE WHEN NOT CAN_JSON_PARSE(kinesis_data) THEN kinesis_data END AS unreadable
FROM results_stream."${results_stream}";
