-- Which events of a repeated id count?
-- The first to arrive does. Then each that is later, by its own time, than the last one that counted plus the attribution window:
-- the id is a new event again. All others are duplicates.
-- Grain: one row per event that counts, of an id that came more than once.
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
