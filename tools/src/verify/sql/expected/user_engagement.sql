-- How engaged is each user? Grain: one row per sliding window and user with at least one impression or accepted click in it.
-- An event at t weighs 2^(-(end - t) / half-life) at the end of the window, half-life = half the window, rounded to a millionth.
-- Points: 1 an impression, 10 a valid attributed click, 2 for each distinct campaign beyond the first among these.
WITH counted AS (
  SELECT e.source, e.t, e.user_id, e.campaign_id,
         e.source = 'impression' OR coalesce(NOT (a.duplicate_click OR a.too_fast_click OR a.invalid_placement OR a.known_bot), false) AS scores,
         unnest(sliding_window_starts(e.t, getvariable('engagement_window_ms'), getvariable('engagement_slide_ms'))) AS w
  FROM accepted_event e
  LEFT JOIN attribution a ON a.source = e.source AND a.click_ord = e.ord
),
weighed AS (
  SELECT *,
         CASE WHEN scores THEN round(1e6 * pow(2, -(w + getvariable('engagement_window_ms') - t) / (getvariable('engagement_window_ms') / 2.0)))::BIGINT
              ELSE 0 END AS weight
  FROM counted
),
-- By campaign first: then distinct campaigns are a count of rows.
by_campaign AS (
  SELECT w, user_id, campaign_id,
         count(*) FILTER (source = 'impression') AS impressions,
         count(*) FILTER (source = 'click') AS clicks,
         sum(CASE source WHEN 'impression' THEN weight ELSE 10 * weight END) AS weight,
         bool_or(scores) AS scores
  FROM weighed
  GROUP BY w, user_id, campaign_id
),
scored AS (
  SELECT w, user_id,
         sum(impressions)::BIGINT AS impressions,
         sum(clicks)::BIGINT AS clicks,
         count(*) AS distinct_campaigns,
         sum(weight)::DOUBLE / 1e6 + 2 * greatest(0, count(*) FILTER (scores) - 1) AS points
  FROM by_campaign
  GROUP BY w, user_id
)
SELECT 'user_engagement:' || iso(w) || ':' || user_id AS record_id,
       iso(w + getvariable('engagement_window_ms')) AS record_time,
       w + getvariable('engagement_window_ms') AS final_at,
       user_id, iso(w) AS window_start, iso(w + getvariable('engagement_window_ms')) AS window_end,
       impressions, clicks, distinct_campaigns,
       round(100 * (1 - exp(-points / 20)), 2) AS score
FROM scored
