-- Impressions and clicks under both who may be behind them, for the rules about invalid traffic.
--
-- Grain:    one row per accepted impression or click and actor: its ip, if it has one, and its user.
-- Time:     event_time, the event's own; a time attribute.
-- Lateness: late events are not in the inputs.
-- Inputs:   ad_events.
-- State:    none: the map is unnested row by row (why a map, is told in ad_events_by_dimension).
CREATE TEMPORARY VIEW actor_events AS
SELECT
  e.event_time,
  a.actor_type,
  a.actor_id,
  e.impressions,
  e.clicks
FROM ad_events AS e
CROSS JOIN UNNEST(MAP['ip', e.ip, 'user', e.user_id]) AS a (actor_type, actor_id)
WHERE a.actor_id IS NOT NULL
