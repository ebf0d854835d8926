-- Which events of a repeated id are accepted?
-- The first to arrive. Then each event whose time is later than that of the last accepted one plus the attribution window,
-- because the id then counts as a new event. All others are duplicates.
-- Grain: one row per accepted event of an id that occurs more than once.
WITH RECURSIVE first AS (
  SELECT source, id, nth, t FROM repeated_event WHERE nth = 1
  UNION ALL
  SELECT e.source, e.id, min(e.nth), arg_min(e.t, e.nth)
  FROM first f
  JOIN repeated_event e
    ON e.source = f.source AND e.id = f.id AND e.nth > f.nth AND e.t > f.t + getvariable('attribution_window_ms')
  GROUP BY e.source, e.id
)
SELECT r.source, r.ord
FROM first f
JOIN repeated_event r ON r.source = f.source AND r.id = f.id AND r.nth = f.nth
