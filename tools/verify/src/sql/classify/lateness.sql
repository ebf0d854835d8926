-- Which events are late by the order of their shard, and by how much?
-- Grain: one row per valid event. The clock of a shard is the greatest min(event time, arrival time) of the previous events,
-- including late and repeated ones. So a producer whose clock runs ahead advances it at most to the arrival of its events. An
-- event is late when it is earlier than the clock by more than the bound. Files have no arrival times, so only the event time
-- counts.
SELECT source, ord, shard, id, t,
       clock - t AS behind_ms, -- NULL for the first event of a shard
       coalesce(clock - t > getvariable('max_out_of_orderness_ms'), false) AS late
FROM (
  SELECT source, ord, shard, id, t,
         max(CASE WHEN getvariable('has_positions') THEN least(t, arrived) ELSE t END)
           OVER (PARTITION BY source, shard ORDER BY ord ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS clock
  FROM event
)
