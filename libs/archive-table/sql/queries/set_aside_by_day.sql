-- How much of the traffic was late or rejected.
--
-- Grain:      one row per day and kind of event (impression, click).
-- Figures:    shares of all events in the results; results do not include duplicates. Accepted and late events count on the day
--             of their event time, rejected events on the day of their arrival, because they may have no event time.
-- Parameters: first day, last day (2026-11-23), both inclusive.
SELECT
  event_date,
  source,
  SUM(accepted) AS accepted,
  SUM(late) AS late,
  SUM(rejected) AS rejected,
  SUM(late) / CAST(NULLIF(SUM(accepted + late + rejected), 0) AS double) AS late_share,
  SUM(rejected) / CAST(NULLIF(SUM(accepted + late + rejected), 0) AS double) AS rejected_share,
  MAX(lateness_ms) AS greatest_lateness_ms
FROM (
  SELECT
    event_date,
    'impression' AS source,
    impressions AS accepted,
    0 AS late,
    0 AS rejected,
    NULL AS lateness_ms
  FROM campaign_metrics
  WHERE dimension = 'campaign'
  UNION ALL
  SELECT
    event_date,
    'click' AS source,
    clicks AS accepted,
    0 AS late,
    0 AS rejected,
    NULL AS lateness_ms
  FROM campaign_metrics
  WHERE dimension = 'campaign'
  UNION ALL
  SELECT
    event_date,
    source,
    0 AS accepted,
    1 AS late,
    0 AS rejected,
    lateness_ms
  FROM late_event
  UNION ALL
  SELECT
    event_date,
    source,
    0 AS accepted,
    0 AS late,
    1 AS rejected,
    NULL AS lateness_ms
  FROM rejected_event
) AS events
WHERE event_date BETWEEN ? AND ?
GROUP BY event_date, source
ORDER BY event_date, source
