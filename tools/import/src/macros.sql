-- What a mapping can call. Each gives NULL for what it cannot read, so that one bad value costs one row, not the import.
-- getvariable('time_zone') is the --time-zone of the command.

-- Text with a zone or an offset is read as it says; text without one is in the time zone of the command.
-- The contract's own form comes first, as it is told without a regular expression.
CREATE MACRO time_from_text(value) AS CASE
  WHEN value LIKE '____-__-__T__:__:__.___Z' THEN try_cast(value AS TIMESTAMPTZ)
  WHEN regexp_matches(value, '(?:[Zz]|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?)$') AND value LIKE '%:%' THEN
    try_cast(regexp_replace(value, ' ?(?:Z|z|UTC|GMT)$', '+00') AS TIMESTAMPTZ)
  ELSE timezone(getvariable('time_zone'), try_cast(value AS TIMESTAMP))
END;

-- A time in a custom form, such as '%Y%m%d%H%M%S%g', in the time zone of the command.
CREATE MACRO time_from_form(value, form) AS timezone(getvariable('time_zone'), try_strptime(value, form));

-- Counts since 1970-01-01T00:00:00Z, as numbers or text; fractions are kept to the microsecond.
CREATE MACRO time_from_microseconds(value) AS timezone('UTC', CASE
  WHEN try_cast(value AS DECIMAL(38, 6)) BETWEEN -62135596800000000 AND 253402300799999999
  THEN make_timestamp(CAST(trunc(try_cast(value AS DECIMAL(38, 6))) AS BIGINT)) END);
CREATE MACRO time_from_milliseconds(value) AS time_from_microseconds(try_cast(value AS DECIMAL(30, 6)) * 1000);
CREATE MACRO time_from_seconds(value) AS time_from_microseconds(try_cast(value AS DECIMAL(27, 6)) * 1000000);

-- NULL for what an ad server did not fill in: %%CACHEBUSTER%%, {click_id}, ${AUCTION_ID}, [timestamp], __IP__, null, -, (not set).
CREATE MACRO filled_in(value) AS CASE
  WHEN regexp_full_match(trim(value), '(?i)%%.*%%|\$?\{.*\}|\[.*\]|__.*__|<.*>|null|nil|none|undefined|n/?a|nan|-|\\N|\(not set\)|') THEN NULL
  ELSE trim(value)
END;

-- NULL for an address that is masked (1.2.3.x, 1.2.3.*) or no address; a port after a v4 address is left out.
CREATE MACRO whole_ip(value) AS CASE
  WHEN regexp_full_match(value, '[0-9]{1,3}(?:\.[0-9]{1,3}){3}:[0-9]{1,5}') THEN split_part(value, ':', 1)
  WHEN regexp_full_match(value, '[0-9]{1,3}(?:\.[0-9]{1,3}){3}') OR regexp_full_match(value, '[0-9a-fA-F:]*:[0-9a-fA-F:.]*') THEN value
END;

-- The ISO 3166-1 alpha-2 code of a code in any case, or of an English name.
CREATE MACRO country_code(value) AS CASE
  WHEN regexp_full_match(trim(value), '[A-Za-z]{2}') THEN upper(CASE lower(trim(value)) WHEN 'uk' THEN 'gb' ELSE trim(value) END)
  ELSE getvariable('country_codes')[lower(trim(value))]
END;

-- The contract's class of device for the usual names of it.
CREATE MACRO device_class(value) AS CASE
  WHEN value IS NULL THEN NULL
  WHEN regexp_matches(lower(value), 'tablet|ipad') THEN 'tablet'
  WHEN regexp_matches(lower(value), 'tv|set.?top|console|roku|chromecast') THEN 'ctv'
  WHEN regexp_matches(lower(value), 'phone|mobile|android|ios|handset|smart') THEN 'mobile'
  WHEN regexp_matches(lower(value), 'desktop|pc|computer|laptop|windows|mac|linux') THEN 'desktop'
  WHEN lower(trim(value)) IN ('unknown', '') THEN 'unknown'
  ELSE 'other'
END;

-- A parameter of a query string or of a whole URL, decoded; NULL when it is absent, empty or cannot be decoded.
CREATE MACRO url_parameter(url, name) AS
  nullif(TRY(url_decode(replace(regexp_extract(url, '(?:^|[?&])' || name || '=([^&#]*)', 1), '+', ' '))), '');

-- The value of an event parameter in the GA4 export, whatever its type there.
CREATE MACRO ga4_parameter(parameters, name) AS list_extract(list_transform(
  list_filter(from_json(CAST(parameters AS JSON), '[{"key":"VARCHAR","value":{"string_value":"VARCHAR","int_value":"VARCHAR","float_value":"VARCHAR","double_value":"VARCHAR"}}]'), lambda p: p.key = name),
  lambda p: coalesce(p.value.string_value, p.value.int_value, p.value.float_value, p.value.double_value)), 1);

-- Millionths of a US dollar from dollars, for one impression, and from a price for a thousand.
CREATE MACRO micros_from_dollars(value) AS round(try_cast(value AS DOUBLE) * 1000000);
CREATE MACRO micros_from_cpm(value) AS round(try_cast(value AS DOUBLE) * 1000);
