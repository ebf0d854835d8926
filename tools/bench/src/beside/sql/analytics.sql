-- The same figures as those of flink/bench/jobs/plain_sql.sql, as one batch over the same files.
CREATE TABLE impressions AS
SELECT *
FROM read_json(
  $impressions,
  format = 'newline_delimited',
  columns = {
    impression_id: 'VARCHAR', event_time: 'TIMESTAMP', user_id: 'VARCHAR', campaign_id: 'VARCHAR', ad_id: 'VARCHAR',
    publisher_id: 'VARCHAR', device_type: 'VARCHAR', country: 'VARCHAR', ip: 'VARCHAR', cost_micros: 'BIGINT'
  }
);

CREATE TABLE clicks AS
SELECT *
FROM read_json(
  $clicks,
  format = 'newline_delimited',
  columns = {
    click_id: 'VARCHAR', impression_id: 'VARCHAR', event_time: 'TIMESTAMP', user_id: 'VARCHAR', campaign_id: 'VARCHAR',
    ad_id: 'VARCHAR', publisher_id: 'VARCHAR', device_type: 'VARCHAR', country: 'VARCHAR', ip: 'VARCHAR'
  }
);

CREATE TABLE events AS
SELECT
  epoch_ms(event_time) AS time, user_id, campaign_id, ad_id, publisher_id, coalesce(device_type, 'unknown') AS device_type,
  coalesce(country, 'unknown') AS country, ip, 1 AS impression, 0 AS click, coalesce(cost_micros, 0) AS cost_micros
FROM impressions
UNION ALL
SELECT
  epoch_ms(event_time), user_id, campaign_id, ad_id, publisher_id, coalesce(device_type, 'unknown'),
  coalesce(country, 'unknown'), ip, 0, 1, 0
FROM clicks;

CREATE TABLE attributed_click AS
SELECT c.click_id, i.* EXCLUDE (event_time), i.event_time AS impression_time, c.event_time AS click_time
FROM clicks AS c
JOIN impressions AS i
  ON c.impression_id = i.impression_id
  AND c.event_time BETWEEN i.event_time AND i.event_time + INTERVAL 600 SECOND;

CREATE TABLE campaign_metrics AS
SELECT
  dimension, key, time // 60000 AS window_number, sum(impression) AS impressions, sum(click) AS clicks,
  sum(cost_micros) AS cost_micros, count(DISTINCT user_id) AS unique_users
FROM (
  UNPIVOT (SELECT campaign_id AS campaign, ad_id AS ad, publisher_id AS publisher, device_type, country, time, impression, click,
    cost_micros, user_id FROM events)
  ON campaign, ad, publisher, device_type, country INTO NAME dimension VALUE key
)
GROUP BY ALL;

CREATE TABLE attribution_metrics AS
SELECT campaign_id, time // 60000 AS window_number, sum(impression) AS impressions, sum(attributed_click) AS attributed_clicks
FROM (
  SELECT campaign_id, epoch_ms(event_time) AS time, 1 AS impression, 0 AS attributed_click FROM impressions
  UNION ALL
  SELECT campaign_id, epoch_ms(impression_time), 0, 1 FROM attributed_click
)
GROUP BY ALL;

-- Each event, repeated for each window that contains it.
CREATE MACRO hop(slide, size) AS TABLE
SELECT events.*, (time // slide + n) * slide AS window_end
FROM events, (SELECT unnest(generate_series(1, size // slide)) AS n);

CREATE TABLE user_engagement AS
SELECT
  user_id, window_end, sum(impression) AS impressions, sum(click) AS clicks, count(DISTINCT campaign_id) AS campaigns,
  round(100 * (1 - exp(-(
    sum((impression + 10 * click) * pow(2, -((window_end - time) // 1000) / 150.0)) + 2 * (count(DISTINCT campaign_id) - 1)
  ) / 20)), 2) AS score
FROM hop(60000, 300000)
GROUP BY user_id, window_end
HAVING max(time) >= window_end - 60000;

CREATE TABLE fraud_alert AS
SELECT 'click_velocity_ip' AS rule, ip AS actor_id, window_end FROM hop(10000, 60000)
WHERE ip IS NOT NULL GROUP BY ip, window_end HAVING sum(click) > 10
UNION ALL
SELECT 'click_velocity_user', user_id, window_end FROM hop(10000, 60000)
GROUP BY user_id, window_end HAVING sum(click) > 10
UNION ALL
SELECT 'impression_flood', ip, window_end FROM hop(10000, 60000)
WHERE ip IS NOT NULL GROUP BY ip, window_end HAVING sum(impression) > 300
UNION ALL
SELECT 'impression_flood', user_id, window_end FROM hop(10000, 60000)
GROUP BY user_id, window_end HAVING sum(impression) > 120
UNION ALL
SELECT 'id_fan_out', ip, window_end FROM hop(60000, 600000)
WHERE ip IS NOT NULL GROUP BY ip, window_end HAVING count(DISTINCT user_id) > 20
UNION ALL
SELECT 'abnormal_ctr', user_id, window_end FROM hop(60000, 600000)
GROUP BY user_id, window_end HAVING sum(impression) >= 10 AND sum(click) > 0.5 * sum(impression);
