-- Result records: input records that are not valid events.
--
-- Where it goes, and the columns that every result has, are those of result_stream; the payload has the fields of
-- rejected_event in libs/event-schemas.
CREATE TEMPORARY TABLE rejected_event (
  rejected_event ROW<
    source STRING,
    reason STRING,
    `raw` STRING,
    raw_length BIGINT
  >
) LIKE result_stream
