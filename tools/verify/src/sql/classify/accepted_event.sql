-- Which events are accepted? Events that are not rejected, late or duplicates. All results except rejected_event and late_event
-- are computed from them.
SELECT e.*, coalesce(e.user_agent IN (SELECT user_agent FROM bot_user_agent), false) AS known_bot
FROM timely_event e
WHERE NOT EXISTS (SELECT 1 FROM duplicate_event d WHERE d.source = e.source AND d.ord = e.ord)
