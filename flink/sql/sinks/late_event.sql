-- Result records: events that arrived too late to be counted.
--
-- Where it goes, and the columns that every result has, are those of result_stream; the payload has the fields of
-- late_event in libs/event-schemas.
CREATE TEMPORARY TABLE late_event (
  late_event ROW<
    source STRING,
    event_id STRING,
    event_time STRING,
    lateness_ms BIGINT
  >
) LIKE result_stream
