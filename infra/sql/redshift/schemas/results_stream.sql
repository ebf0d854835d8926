-- The stream of results, as Redshift reads it: with the role of the warehouse.
CREATE EXTERNAL SCHEMA IF NOT EXISTS results_stream
FROM KINESIS
IAM_ROLE '${role_arn}';
