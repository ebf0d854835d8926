-- Every ad event under each key that it counts for.
--
-- Grain:    one row per accepted impression or click and dimension (campaign, ad, publisher, device_type, country).
--           A device_type or country that the event does not carry is the key 'unknown'.
-- Time:     event_time, the impression's or the click's own; a time attribute.
-- Lateness: late events are not in the input.
-- Inputs:   ad_events.
-- State:    none: the map is unnested row by row.
--
-- A map, for two traps of the planner (Flink 1.20): in an array of ROW(name, value) it takes every value for NOT NULL, drops
-- the COALESCE and makes an empty text of a null; and an array of the names alone, being constant, becomes a regular join,
-- which keeps every event for ever and loses the time attribute.
CREATE TEMPORARY VIEW ad_events_by_dimension AS
SELECT
  e.event_time,
  d.dimension,
  COALESCE(d.`key`, 'unknown') AS `key`,
  e.user_id,
  e.impressions,
  e.clicks,
  e.cost_micros
FROM ad_events AS e
CROSS JOIN UNNEST(MAP[
  'campaign', e.campaign_id,
  'ad', e.ad_id,
  'publisher', e.publisher_id,
  'device_type', e.device_type,
  'country', e.country
]) AS d (dimension, `key`)
