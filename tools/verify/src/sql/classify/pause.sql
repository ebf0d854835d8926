-- After which events may a shard's windows have been closed because it was quiet?
-- Grain: one row per event that came after its shard had been silent for at least half the idle timeout. Half: the job measures
-- the silence where it reads, which is not exactly where the stream measures arrivals. A shard is silent from the first arrival
-- of all on. Without arrival times (files) nothing can be said: no rows.
SELECT source, shard, ord
FROM (
  SELECT source, shard, ord, arrived,
         coalesce(lag(arrived) OVER (PARTITION BY source, shard ORDER BY ord), min(arrived) OVER ()) AS before
  FROM event
)
WHERE getvariable('has_positions') AND (arrived - before) * 2 >= getvariable('idle_timeout_ms')
