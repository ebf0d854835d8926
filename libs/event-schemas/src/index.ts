export { DEVICE_TYPES, type DeviceType } from './ad-event';
export { clickSchema, type Click } from './click';
export { formatEventTime, parseEventTime } from './event-time';
export { MAX_COST_MICROS, MAX_ID_LENGTH } from './fields';
export { impressionSchema, type Impression } from './impression';
export { recordSchemas, RECORD_KINDS, toJsonSchema, type JsonSchema, type RecordKind } from './json-schema';
export { MAX_NESTING, readRecord, type ReadRecord } from './read-record';
export {
  exampleOf,
  nullableFields,
  payloadOf,
  RECORD_TYPES,
  recordIdOf,
  RESULT_DEFINITIONS,
  resultRecordSchema,
  resultSchemas,
} from './result-record';
export type { PersonLink } from './results/define-result';
export type { BucketedType, RecordType, ResultOf, ResultRecord } from './result-record';
export { CARRIED_FIELDS, INVALID_REASONS, type InvalidReason } from './results/attributed-click';
export { DIMENSIONS, type Dimension } from './results/campaign-metrics';
export { SCHEMA_VERSION } from './results/envelope';
export { ACTOR_TYPES, SEVERITIES } from './results/fraud-alert';
export type { ActorType, Severity } from './results/fraud-alert';
export { personalFields, personalFieldsOfAll } from './results/personal-fields';
export { MAX_RAW_BYTES } from './results/rejected-event';
export { SOURCES, type Source } from './results/source';
export {
  alertSwitch,
  definitionOf,
  FRAUD_RULES,
  RULE_DEFINITIONS,
  RULE_SETTING_NAMES,
  RULE_SETTINGS,
} from './rules/catalogue';
export type { FraudRule, RuleSettingName } from './rules/catalogue';
export type { RuleDefinition, RuleEvidence, RuleSetting } from './rules/rule-definition';
