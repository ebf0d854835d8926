-- Which events are late by the order of their own shard, and by how much?
-- Grain: one row per valid event. An event is late when it is earlier than the greatest event time before it in its shard
-- (late and repeated events included) by more than the bound.
SELECT source, ord, shard, id, t,
       seen - t AS behind_ms, -- NULL for the first event of a shard
       coalesce(seen - t > getvariable('max_out_of_orderness_ms'), false) AS late
FROM (
  SELECT source, ord, shard, id, t,
         max(t) OVER (PARTITION BY source, shard ORDER BY ord
                      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS seen
  FROM event
)
