-- How many events does each address and each user have? Grain: one row per kind of event, actor and slide of the short windows;
-- a window is a sum of slides, because its length is a multiple of the slide. The rules for addresses ignore events without an
-- address.
WITH counted AS (
  SELECT source AS kind, user_id, ip, t FROM accepted_event
  UNION ALL
  SELECT 'unattributed_click', user_id, ip, t FROM accepted_event
  WHERE source = 'click' AND ord NOT IN (SELECT click_ord FROM attribution)
)
SELECT kind, actor_type, actor_id, pane, count(*) AS events
FROM (
  SELECT kind, 'user' AS actor_type, user_id AS actor_id, window_start(t, getvariable('short_slide_ms')) AS pane FROM counted
  UNION ALL
  SELECT kind, 'ip', ip, window_start(t, getvariable('short_slide_ms')) FROM counted WHERE ip IS NOT NULL
)
GROUP BY kind, actor_type, actor_id, pane
