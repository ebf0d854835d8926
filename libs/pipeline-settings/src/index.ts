export { pipelineSettings, type PipelineSettings, type StreamSettings } from './pipeline-settings';
export { camelCase } from './camel-case';
export type { FraudSettings } from './fraud-settings';
export { KEY_SETTINGS } from './privacy-settings';
export { defaultRuleLimits } from './rule-limits';
export { loadPropertyGroups, parsePropertyGroups, type PropertyGroup } from './property-groups';
export { SettingsError } from './settings-error';
