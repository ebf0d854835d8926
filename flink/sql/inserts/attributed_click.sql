-- Which impression does a click belong to, how long after it, and is the click valid?
--
-- Grain:    one row per distinct click_id with an impression of the same impression_id at most attribution.window.seconds
--           before it.
-- Time:     that of the click; written once the watermark has reached it, without a window.
-- Lateness: a late click or impression is not an input here; it becomes a late_event.
-- Inputs:   attributed_clicks.
-- Output:   attributed_click.
-- State:    none here; the attribution operator keeps an impression for the attribution window.
INSERT INTO attributed_click
SELECT
  'attributed_click' AS record_type,
  CONCAT('attributed_click:', click_id) AS record_id,
  1 AS schema_version,
  FORMAT_TIME(event_time) AS event_time,
  ROW(
    click_id,
    impression_id,
    user_id,
    campaign_id,
    ad_id,
    publisher_id,
    device_type,
    country,
    FORMAT_TIME(impression_time),
    FORMAT_TIME(event_time),
    time_to_click_ms,
    cost_micros,
    invalid_reasons
  ) AS attributed_click
FROM attributed_clicks
