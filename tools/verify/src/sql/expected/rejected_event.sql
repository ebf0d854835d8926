-- The records that are not valid events. Grain: one row per rejected record. `reason` contains the fields of which the reason
-- must name one.
SELECT position_id('rejected_event', source, shard, sequence) AS record_id, iso(arrival_time) AS record_time, NULL::BIGINT AS final_at,
       source, fields AS reason, raw, raw_length
FROM rejected_record
