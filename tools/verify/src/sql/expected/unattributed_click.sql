-- The clicks without an impression. Grain: one row per such accepted click. All fields are the click's own.
SELECT 'unattributed_click:' || id AS record_id, iso(t) AS record_time, t AS final_at,
       id AS click_id, impression_id, user_id, campaign_id, ad_id, publisher_id, iso(t) AS click_time
FROM accepted_event
WHERE source = 'click' AND ord NOT IN (SELECT click_ord FROM attribution)
