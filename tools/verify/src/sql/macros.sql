-- Formats and comparisons of times and windows. All times are BIGINT milliseconds since the epoch.

-- Formats a time as in the contract.
CREATE MACRO iso(ms) AS strftime(make_timestamp(ms * 1000), '%Y-%m-%dT%H:%M:%S.%gZ');

-- Start of the tumbling window, aligned to the epoch, that contains t; also for times before 1970.
CREATE MACRO window_start(t, size) AS t - ((t % size) + size) % size;

-- Starts of all windows of this size that contain t; they begin at multiples of slide, and size is a multiple of it.
CREATE MACRO sliding_window_starts(t, size, slide) AS
  list_transform(range(0::BIGINT, size, slide), lambda back: window_start(t, slide) - back);

-- The id of a record without an own id.
CREATE MACRO position_id(record_type, source, shard, sequence) AS
  record_type || ':' || CASE source WHEN 'impression' THEN getvariable('impression_stream') ELSE getvariable('click_stream') END
  || ':' || shard || ':' || sequence;
