-- Why records were rejected.
--
-- Grain:      one row per kind of event and reason, the 50 most frequent.
-- Figures:    an_example is the id of one such record; its bytes are in rejected_event.raw, unless the job withholds them.
-- Parameters: first day, last day (2026-11-23), both inclusive.
SELECT
  source,
  reason,
  COUNT(*) AS records,
  MIN(event_date) AS first_day,
  MAX(event_date) AS last_day,
  MAX(record_id) AS an_example
FROM rejected_event
WHERE event_date BETWEEN ? AND ?
GROUP BY source, reason
ORDER BY records DESC, source ASC, reason ASC
LIMIT 50
