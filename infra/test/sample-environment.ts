import path from 'node:path';
import { loadPropertyGroups, pipelineSettings } from '@ad-analytics/pipeline-settings';
import type { Environment } from '../src/environments/environment';
import { loadEnvironment } from '../src/environments/load-environment';

const SETTINGS_FILE = path.join(__dirname, '..', '..', 'flink', 'kinesis-config.json');

/** @returns the settings as committed */
export const sampleSettings = () => pipelineSettings(loadPropertyGroups(SETTINGS_FILE), SETTINGS_FILE);

/** @returns `dev` with some parts replaced */
export const sampleEnvironment = (parts: Partial<Environment> = {}): Environment => ({
  ...loadEnvironment('dev'),
  ...parts,
});

/** @returns `dev` with two versions of the job side by side, and some parts replaced */
export const sideBySideEnvironment = (parts: Partial<Environment> = {}): Environment => ({
  ...loadEnvironment('dev'),
  flink: { ...loadEnvironment('dev').flink, codeVersion: 'BlueCodeVersion' },
  sideBySide: { settings: {}, unknownToBlue: [] },
  ...parts,
});
