-- Which events are neither rejected nor late?
SELECT e.*
FROM event e
JOIN lateness l ON l.source = e.source AND l.ord = e.ord
WHERE NOT l.late
  AND NOT EXISTS (SELECT 1 FROM late_after_quiet q WHERE q.source = e.source AND q.ord = e.ord)
