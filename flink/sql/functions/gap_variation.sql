-- GAP_VARIATION(BIGINT): how even the gaps between times in milliseconds are, as their coefficient of variation (population
-- standard deviation over mean). 0 is a clock; null for fewer than two times. The same to its last bit in whatever order.
CREATE TEMPORARY FUNCTION GAP_VARIATION AS 'adanalytics.function.GapVariation'
