-- Which events are duplicates of an accepted event?
SELECT r.source, r.ord
FROM repeated_event r
WHERE NOT EXISTS (SELECT 1 FROM first_event f WHERE f.source = r.source AND f.ord = r.ord)
