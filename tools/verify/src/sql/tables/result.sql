-- One row per delivered result record of the contract's form, in the order of delivery.
CREATE TABLE result (
  ord BIGINT NOT NULL,
  record_type VARCHAR NOT NULL,
  record_id VARCHAR NOT NULL,
  event_time VARCHAR NOT NULL,
  payload JSON NOT NULL    -- the value of the key named after the type
)
