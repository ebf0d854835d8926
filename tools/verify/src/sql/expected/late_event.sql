-- The events that came too late for any window. Grain: one row per late event. The lateness of one that is late only because its shard
-- was quiet is not known by order: the job's own figure replaces it.
SELECT position_id('late_event', e.source, e.shard, e.sequence) AS record_id, iso(e.t) AS record_time, e.t AS final_at,
       e.source, e.id AS event_id, iso(e.t) AS event_time, coalesce(q.lateness_ms, l.behind_ms) AS lateness_ms
FROM lateness l
JOIN event e ON e.source = l.source AND e.ord = l.ord
LEFT JOIN late_after_quiet q ON q.source = l.source AND q.ord = l.ord
WHERE l.late OR q.ord IS NOT NULL
