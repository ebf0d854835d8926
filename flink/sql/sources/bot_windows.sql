-- The addresses with events of bots that identify themselves.
--
-- Grain:     one row per tumbling window of short.window.seconds and ip with an accepted impression or click whose user agent
--            is on the list of the npm package crawler-user-agents; events: the number of these events.
-- Time:      window_start inclusive, window_end exclusive; events count by their own time.
-- Watermark: none: a row comes when the watermark of all events passes its window's end.
-- State:     of the operator: one sum per such ip and open window.
CREATE TEMPORARY TABLE bot_windows (
  ip STRING,
  window_start TIMESTAMP(3),
  window_end TIMESTAMP(3),
  events BIGINT
) WITH (
  'connector' = 'event-pipeline',
  'stream' = 'bot_window'
)
