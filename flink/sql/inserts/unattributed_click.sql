-- Which clicks do not belong to a known impression?
--
-- Grain:    one row per distinct click_id without an impression of the same impression_id at most
--           attribution.window.seconds before it.
-- Time:     that of the click; written when an impression at or before it would be late.
-- Lateness: a late click is not an input; it becomes a late_event. So does a late impression; its clicks are unattributed.
-- Inputs:   unattributed_clicks.
-- Output:   unattributed_click.
-- State:    none here; the attribution operator keeps a click until the watermark has passed it.
INSERT INTO unattributed_click
SELECT
  'unattributed_click' AS record_type,
  CONCAT('unattributed_click:', click_id) AS record_id,
  1 AS schema_version,
  FORMAT_TIME(event_time) AS event_time,
  ROW(
    click_id,
    impression_id,
    user_id,
    campaign_id,
    ad_id,
    publisher_id,
    FORMAT_TIME(event_time)
  ) AS unattributed_click
FROM unattributed_clicks
