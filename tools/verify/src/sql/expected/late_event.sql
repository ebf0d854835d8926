-- The events that arrived too late for their windows. Grain: one row per late event. If an event is late only because its shard
-- was idle, the order does not determine its lateness: the job's own figure is used.
SELECT position_id('late_event', e.source, e.shard, e.sequence) AS record_id, iso(e.t) AS record_time, e.t AS final_at,
       e.source, e.id AS event_id, iso(e.t) AS event_time, coalesce(q.lateness_ms, l.behind_ms) AS lateness_ms
FROM lateness l
JOIN event e ON e.source = l.source AND e.ord = l.ord
LEFT JOIN late_after_quiet q ON q.source = l.source AND q.ord = l.ord
WHERE l.late OR q.ord IS NOT NULL
