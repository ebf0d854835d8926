-- Which events are late although they are on time by the order of their shard?
-- This is possible only after the shard was idle and its windows were closed, which depends on the time at which the job read
-- the records. So the job's report is accepted if it is plausible: the event exists, and its shard had a pause before it.
-- Grain: one row per event. Inputs from files lack positions and pauses: events are then matched by id and time, the last of
-- equal ones first, as many as the job reports in addition to those that are late by order.
WITH by_position AS (
  SELECT l.source, l.ord, r.lateness_ms
  FROM lateness l
  JOIN event e ON e.source = l.source AND e.ord = l.ord
  JOIN reported_late r ON r.record_id = position_id('late_event', e.source, e.shard, e.sequence)
  WHERE NOT l.late
    AND EXISTS (SELECT 1 FROM pause p WHERE p.source = l.source AND p.shard = l.shard AND p.ord <= l.ord)
),
reported AS (
  SELECT source, id, t, count(*) AS n, any_value(lateness_ms) AS lateness_ms FROM reported_late GROUP BY source, id, t
),
by_content AS (
  SELECT l.source, l.ord, l.late, r.lateness_ms,
         r.n - count(*) FILTER (l.late) OVER same AS unexplained,
         row_number() OVER (PARTITION BY l.source, l.id, l.t ORDER BY l.late, l.ord DESC) AS nth
  FROM lateness l
  JOIN reported r ON r.source = l.source AND r.id = l.id AND r.t = l.t
  WINDOW same AS (PARTITION BY l.source, l.id, l.t)
)
SELECT source, ord, lateness_ms FROM by_position WHERE getvariable('has_positions')
UNION ALL
SELECT source, ord, lateness_ms FROM by_content
WHERE NOT getvariable('has_positions') AND NOT late AND nth <= unexplained
