-- Which impression does each click belong to?
-- Grain: one row per accepted click that has an accepted impression of its impression_id at most the attribution window before it.
-- A reason that is switched off is false for every click.
-- A click has at most one impression: accepted impressions with the same impression_id are further apart than the window.
-- `source` (always click) makes an outer join with events an equi-join; with a condition on only one side, DuckDB would compare
-- all pairs.
SELECT c.source, c.ord AS click_ord, i.ord AS impression_ord,
       c.t - i.t AS time_to_click_ms,
       row_number() OVER (PARTITION BY i.ord ORDER BY c.t, c.id) > 1 AND getvariable('duplicate_click_enabled') AS duplicate_click,
       c.t - i.t < getvariable('too_fast_click_ms') AND getvariable('too_fast_click_enabled') AS too_fast_click,
       coalesce(i.width = i.height AND i.width IN (0, 1), false) AND getvariable('invalid_placement_enabled') AS invalid_placement,
       c.known_bot AND getvariable('known_bot_enabled') AS bot_click,
       NOT (duplicate_click OR too_fast_click OR invalid_placement OR bot_click) AS valid
FROM accepted_event c
JOIN accepted_event i
  ON i.source = 'impression' AND i.impression_id = c.impression_id
 AND c.t BETWEEN i.t AND i.t + getvariable('attribution_window_ms')
WHERE c.source = 'click'
