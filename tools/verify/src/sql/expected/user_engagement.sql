-- How engaged is each user? Grain: one row per sliding window and user with at least one impression or accepted click in
-- the last slide of the window.
-- An event at t weighs 2^(-(end - t) / half-life) at the end of the window, half-life = half the window, rounded to a millionth.
-- Points: 1 an impression, 10 a valid attributed click, 2 for each distinct campaign beyond the first among these. A valid attributed click
-- counts for user and campaign of its impression, at its own time; the gross count of clicks is by the clicks' own.
WITH event_points AS (
  SELECT t, user_id, campaign_id, 1 AS impressions, 0 AS clicks, 1 AS points FROM accepted_event WHERE source = 'impression'
  UNION ALL
  SELECT t, user_id, campaign_id, 0, 1, 0 FROM accepted_event WHERE source = 'click'
  UNION ALL
  SELECT i.t + a.time_to_click_ms, i.user_id, i.campaign_id, 0, 0, 10
  FROM attribution a
  JOIN accepted_event i ON i.source = 'impression' AND i.ord = a.impression_ord
  WHERE a.valid
),
windowed AS (
  SELECT *, unnest(sliding_window_starts(t, getvariable('engagement_window_ms'), getvariable('engagement_slide_ms'))) AS w FROM event_points
),
weighed AS (
  SELECT *, round(1e6 * pow(2, -(w + getvariable('engagement_window_ms') - t) / (getvariable('engagement_window_ms') / 2.0)))::BIGINT AS weight
  FROM windowed
),
-- Grouped by campaign first, so that the number of distinct campaigns is a count of rows.
by_campaign AS (
  SELECT w, user_id, campaign_id,
         sum(impressions) AS impressions, sum(clicks) AS clicks,
         sum(points * weight) AS weighed_points,
         bool_or(points > 0) AS scores,
         bool_or(impressions + clicks > 0 AND t >= w + getvariable('engagement_window_ms') - getvariable('engagement_slide_ms')) AS news
  FROM weighed
  GROUP BY w, user_id, campaign_id
),
scored AS (
  SELECT w, user_id,
         sum(impressions)::BIGINT AS impressions,
         sum(clicks)::BIGINT AS clicks,
         count(*) FILTER (impressions + clicks > 0) AS distinct_campaigns,
         sum(weighed_points)::DOUBLE / 1e6 + 2 * greatest(0, count(*) FILTER (scores) - 1) AS points
  FROM by_campaign
  GROUP BY w, user_id
  HAVING bool_or(news)
)
SELECT 'user_engagement:' || iso(w) || ':' || user_id AS record_id,
       iso(w + getvariable('engagement_window_ms')) AS record_time,
       w + getvariable('engagement_window_ms') AS final_at,
       user_id, iso(w) AS window_start, iso(w + getvariable('engagement_window_ms')) AS window_end,
       impressions, clicks, distinct_campaigns,
       round(100 * (1 - exp(-points / 20)), 2) AS score
FROM scored
