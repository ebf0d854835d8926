export { pipelineSettings, type PipelineSettings, type StreamSettings } from './pipeline-settings';
export { loadPropertyGroups, parsePropertyGroups, type PropertyGroup } from './property-groups';
export { SettingsError } from './settings-error';
