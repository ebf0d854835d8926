-- The clicks with their impressions. Grain: one row per attributed click. The descriptive fields are the impression's.
SELECT 'attributed_click:' || c.id AS record_id, iso(c.t) AS record_time, c.t AS final_at,
       c.id AS click_id, i.impression_id, i.user_id, i.campaign_id, i.ad_id, i.publisher_id, i.device_type, i.country,
       iso(i.t) AS impression_time, iso(c.t) AS click_time, a.time_to_click_ms, i.cost_micros,
       list_filter([
         CASE WHEN a.duplicate_click THEN 'duplicate_click' END,
         CASE WHEN a.too_fast_click THEN 'too_fast_click' END,
         CASE WHEN a.invalid_placement THEN 'invalid_placement' END,
         CASE WHEN a.bot_click THEN 'known_bot' END
       ], lambda reason: reason IS NOT NULL) AS invalid_reasons
FROM attribution a
JOIN accepted_event c ON c.source = 'click' AND c.ord = a.click_ord
JOIN accepted_event i ON i.source = 'impression' AND i.ord = a.impression_ord
