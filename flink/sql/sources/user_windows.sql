-- Counts of users in sliding windows, and the weights for their engagement score.
--
-- Grain:     one row per window of engagement.window.seconds that slides by engagement.slide.seconds, aligned to the epoch, and
--            user with an impression, an accepted click or, as the user of its impression, a valid attributed click in it.
-- Time:      window_start inclusive, window_end exclusive; events count by their own time.
-- Weights:   in millionths. An event at the end of the window has the weight 1; the weight is halved for every half window
--            before the end and rounded. Sums of these integers do not depend on the order of the events.
-- Campaigns: campaigns counts the distinct campaigns of impressions and clicks, scoring_campaigns those of impressions and
--            valid clicks.
-- Watermark: none: a row comes when the watermark of all events passes its window's end.
-- State:     of the operator: one value per user until its last window has ended; for a user with many campaigns, one entry
--            each.
CREATE TEMPORARY TABLE user_windows (
  user_id STRING,
  window_start TIMESTAMP(3),
  window_end TIMESTAMP(3),
  impressions BIGINT,
  clicks BIGINT,
  campaigns BIGINT,
  impression_weight BIGINT,
  valid_click_weight BIGINT,
  scoring_campaigns BIGINT
) WITH (
  'connector' = 'event-pipeline',
  'stream' = 'user_window'
)
