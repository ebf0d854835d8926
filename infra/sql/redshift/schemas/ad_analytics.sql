-- Where everything that is made of the results is.
CREATE SCHEMA IF NOT EXISTS ad_analytics;
