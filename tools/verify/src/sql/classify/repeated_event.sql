-- Which ids came more than once on time, in order of arrival?
-- Grain: one row per timely event whose id is not unique. Within a shard the order is the shard's; between shards it is that of the
-- arrival times (a running maximum, so that a clock that jumps cannot turn a shard's own order round).
SELECT source, ord, id, shard, t,
       row_number() OVER (PARTITION BY source, id ORDER BY came, shard, ord) AS nth
FROM (
  SELECT source, ord, id, shard, t,
         max(arrived) OVER (PARTITION BY source, shard ORDER BY ord) AS came,
         count(*) OVER (PARTITION BY source, id) AS times
  FROM timely_event
)
WHERE times > 1
