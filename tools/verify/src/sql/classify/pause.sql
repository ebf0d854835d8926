-- Before which events may the windows of an idle shard have been closed?
-- Grain: one row per event that arrived after its shard had no events for at least half the idle timeout. Half, because the job
-- measures the pause when it reads, which differs slightly from the arrival times in the stream. The first pause of a shard
-- begins at the first arrival in any shard. Without arrival times (files), there are zero rows.
SELECT source, shard, ord
FROM (
  SELECT source, shard, ord, arrived,
         coalesce(lag(arrived) OVER (PARTITION BY source, shard ORDER BY ord), min(arrived) OVER ()) AS before
  FROM event
)
WHERE getvariable('has_positions') AND (arrived - before) * 2 >= getvariable('idle_timeout_ms')
