-- The figures of the packaged job in plain Flink SQL. The report of the benchmarks lists the differences: duplicates are not
-- removed, late events are dropped, and the rules known_bot, metronome, unattributed_burst and publisher_ctr_anomaly are
-- missing.
CREATE TABLE impressions (
  impression_id STRING,
  event_time TIMESTAMP_LTZ(3),
  user_id STRING,
  campaign_id STRING,
  ad_id STRING,
  publisher_id STRING,
  device_type STRING,
  country STRING,
  ip STRING,
  cost_micros BIGINT,
  WATERMARK FOR event_time AS event_time - INTERVAL '5' SECOND
) WITH (
  'connector' = 'kinesis',
  'stream' = 'AdImpressionsStreamInput',
  'aws.region' = 'us-east-1',
  'scan.stream.initpos' = 'TRIM_HORIZON',
  'scan.shard-assigner' = 'uniform',
  'format' = 'json',
  'json.ignore-parse-errors' = 'true',
  'json.timestamp-format.standard' = 'ISO-8601'
);

CREATE TABLE clicks (
  click_id STRING,
  impression_id STRING,
  event_time TIMESTAMP_LTZ(3),
  user_id STRING,
  campaign_id STRING,
  ad_id STRING,
  publisher_id STRING,
  device_type STRING,
  country STRING,
  ip STRING,
  WATERMARK FOR event_time AS event_time - INTERVAL '5' SECOND
) WITH (
  'connector' = 'kinesis',
  'stream' = 'ClicksStreamInput',
  'aws.region' = 'us-east-1',
  'scan.stream.initpos' = 'TRIM_HORIZON',
  'scan.shard-assigner' = 'uniform',
  'format' = 'json',
  'json.ignore-parse-errors' = 'true',
  'json.timestamp-format.standard' = 'ISO-8601'
);

CREATE VIEW events AS
SELECT
  event_time, user_id, campaign_id, ad_id, publisher_id, COALESCE(device_type, 'unknown') AS device_type,
  COALESCE(country, 'unknown') AS country, ip, 1 AS impression, 0 AS click, COALESCE(cost_micros, 0) AS cost_micros
FROM impressions
UNION ALL
SELECT
  event_time, user_id, campaign_id, ad_id, publisher_id, COALESCE(device_type, 'unknown'),
  COALESCE(country, 'unknown'), ip, 0, 1, CAST(0 AS BIGINT)
FROM clicks;

CREATE VIEW attributed AS
SELECT
  c.click_id, i.impression_id, i.user_id, i.campaign_id, i.ad_id, i.publisher_id, i.device_type, i.country, i.cost_micros,
  i.event_time AS impression_time, CAST(c.event_time AS TIMESTAMP(3)) AS click_time
FROM clicks AS c
JOIN impressions AS i
  ON c.impression_id = i.impression_id
  AND c.event_time BETWEEN i.event_time AND i.event_time + INTERVAL '10' MINUTE;

CREATE VIEW settled AS
SELECT impression_time AS event_time, campaign_id, 0 AS impression, 1 AS attributed_click FROM attributed
UNION ALL
SELECT event_time, campaign_id, 1, 0 FROM impressions;

CREATE TABLE attributed_click (
  click_id STRING,
  impression_id STRING,
  user_id STRING,
  campaign_id STRING,
  ad_id STRING,
  publisher_id STRING,
  device_type STRING,
  country STRING,
  cost_micros BIGINT,
  impression_time TIMESTAMP(3),
  click_time TIMESTAMP(3)
) WITH (
  'connector' = 'filesystem',
  'path' = '${results}/attributed_click',
  'format' = 'json'
);

CREATE TABLE campaign_metrics (
  dimension STRING,
  `key` STRING,
  window_start TIMESTAMP(3),
  window_end TIMESTAMP(3),
  impressions BIGINT,
  clicks BIGINT,
  cost_micros BIGINT,
  unique_users BIGINT
) WITH (
  'connector' = 'filesystem',
  'path' = '${results}/campaign_metrics',
  'format' = 'json'
);

CREATE TABLE attribution_metrics (
  campaign_id STRING,
  window_start TIMESTAMP(3),
  window_end TIMESTAMP(3),
  impressions BIGINT,
  attributed_clicks BIGINT
) WITH (
  'connector' = 'filesystem',
  'path' = '${results}/attribution_metrics',
  'format' = 'json'
);

CREATE TABLE user_engagement (
  user_id STRING,
  window_start TIMESTAMP(3),
  window_end TIMESTAMP(3),
  impressions BIGINT,
  clicks BIGINT,
  campaigns BIGINT,
  score DOUBLE
) WITH (
  'connector' = 'filesystem',
  'path' = '${results}/user_engagement',
  'format' = 'json'
);

CREATE TABLE fraud_alert (
  rule STRING,
  actor_type STRING,
  actor_id STRING,
  window_start TIMESTAMP(3),
  window_end TIMESTAMP(3),
  observed DOUBLE
) WITH (
  'connector' = 'filesystem',
  'path' = '${results}/fraud_alert',
  'format' = 'json'
);

INSERT INTO attributed_click
SELECT
  click_id, impression_id, user_id, campaign_id, ad_id, publisher_id, device_type, country, cost_micros,
  CAST(impression_time AS TIMESTAMP(3)), click_time
FROM attributed;

INSERT INTO campaign_metrics
SELECT
  'campaign', campaign_id, window_start, window_end, SUM(impression), SUM(click), SUM(cost_micros), COUNT(DISTINCT user_id)
FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(event_time), INTERVAL '60' SECOND))
GROUP BY campaign_id, window_start, window_end;

INSERT INTO campaign_metrics
SELECT
  'ad', ad_id, window_start, window_end, SUM(impression), SUM(click), SUM(cost_micros), COUNT(DISTINCT user_id)
FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(event_time), INTERVAL '60' SECOND))
GROUP BY ad_id, window_start, window_end;

INSERT INTO campaign_metrics
SELECT
  'publisher', publisher_id, window_start, window_end, SUM(impression), SUM(click), SUM(cost_micros), COUNT(DISTINCT user_id)
FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(event_time), INTERVAL '60' SECOND))
GROUP BY publisher_id, window_start, window_end;

INSERT INTO campaign_metrics
SELECT
  'device_type', device_type, window_start, window_end, SUM(impression), SUM(click), SUM(cost_micros), COUNT(DISTINCT user_id)
FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(event_time), INTERVAL '60' SECOND))
GROUP BY device_type, window_start, window_end;

INSERT INTO campaign_metrics
SELECT
  'country', country, window_start, window_end, SUM(impression), SUM(click), SUM(cost_micros), COUNT(DISTINCT user_id)
FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(event_time), INTERVAL '60' SECOND))
GROUP BY country, window_start, window_end;

INSERT INTO attribution_metrics
SELECT
  campaign_id, window_start, window_end, SUM(impression), SUM(attributed_click)
FROM TABLE(TUMBLE(TABLE settled, DESCRIPTOR(event_time), INTERVAL '60' SECOND))
GROUP BY campaign_id, window_start, window_end;

INSERT INTO user_engagement
SELECT
  user_id, window_start, window_end, SUM(impression), SUM(click), COUNT(DISTINCT campaign_id),
  ROUND(100 * (1 - EXP(-(
    SUM((impression + 10 * click) * POWER(2, -TIMESTAMPDIFF(SECOND, CAST(event_time AS TIMESTAMP(3)), window_end) / 150.0))
    + 2 * (COUNT(DISTINCT campaign_id) - 1)
  ) / 20)), 2)
FROM TABLE(HOP(TABLE events, DESCRIPTOR(event_time), INTERVAL '60' SECOND, INTERVAL '5' MINUTE))
GROUP BY user_id, window_start, window_end
HAVING MAX(CAST(event_time AS TIMESTAMP(3))) >= window_end - INTERVAL '60' SECOND;

INSERT INTO fraud_alert
SELECT
  'click_velocity_ip', 'ip', ip, window_start, window_end, CAST(SUM(click) AS DOUBLE)
FROM TABLE(HOP(TABLE events, DESCRIPTOR(event_time), INTERVAL '10' SECOND, INTERVAL '60' SECOND))
WHERE ip IS NOT NULL
GROUP BY ip, window_start, window_end
HAVING SUM(click) > 10;

INSERT INTO fraud_alert
SELECT
  'click_velocity_user', 'user', user_id, window_start, window_end, CAST(SUM(click) AS DOUBLE)
FROM TABLE(HOP(TABLE events, DESCRIPTOR(event_time), INTERVAL '10' SECOND, INTERVAL '60' SECOND))
WHERE user_id IS NOT NULL
GROUP BY user_id, window_start, window_end
HAVING SUM(click) > 10;

INSERT INTO fraud_alert
SELECT
  'impression_flood', 'ip', ip, window_start, window_end, CAST(SUM(impression) AS DOUBLE)
FROM TABLE(HOP(TABLE events, DESCRIPTOR(event_time), INTERVAL '10' SECOND, INTERVAL '60' SECOND))
WHERE ip IS NOT NULL
GROUP BY ip, window_start, window_end
HAVING SUM(impression) > 300;

INSERT INTO fraud_alert
SELECT
  'impression_flood', 'user', user_id, window_start, window_end, CAST(SUM(impression) AS DOUBLE)
FROM TABLE(HOP(TABLE events, DESCRIPTOR(event_time), INTERVAL '10' SECOND, INTERVAL '60' SECOND))
WHERE user_id IS NOT NULL
GROUP BY user_id, window_start, window_end
HAVING SUM(impression) > 120;

INSERT INTO fraud_alert
SELECT
  'id_fan_out', 'ip', ip, window_start, window_end, CAST(COUNT(DISTINCT user_id) AS DOUBLE)
FROM TABLE(HOP(TABLE events, DESCRIPTOR(event_time), INTERVAL '60' SECOND, INTERVAL '10' MINUTE))
WHERE ip IS NOT NULL
GROUP BY ip, window_start, window_end
HAVING COUNT(DISTINCT user_id) > 20;

INSERT INTO fraud_alert
SELECT
  'abnormal_ctr', 'user', user_id, window_start, window_end, CAST(CAST(SUM(click) AS DOUBLE) / SUM(impression) AS DOUBLE)
FROM TABLE(HOP(TABLE events, DESCRIPTOR(event_time), INTERVAL '60' SECOND, INTERVAL '10' MINUTE))
WHERE user_id IS NOT NULL
GROUP BY user_id, window_start, window_end
HAVING SUM(impression) >= 10 AND SUM(click) > 0.5 * SUM(impression);
