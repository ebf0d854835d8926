-- Which ids have more than one on-time event, in order of arrival?
-- Grain: one row per on-time event whose id is not unique. Within a shard, the order is that of the shard; between shards, it
-- is that of the arrival times (a running maximum, so that a clock that jumps cannot change the order within a shard).
SELECT source, ord, id, shard, t,
       row_number() OVER (PARTITION BY source, id ORDER BY came, shard, ord) AS nth
FROM (
  SELECT source, ord, id, shard, t,
         max(arrived) OVER (PARTITION BY source, shard ORDER BY ord) AS came,
         count(*) OVER (PARTITION BY source, id) AS times
  FROM timely_event
)
WHERE times > 1
