import path from 'node:path';

/** Folder of this project. */
export const PROJECT_ROOT = path.join(__dirname, '..');

/** Root folder of the workspace. */
export const WORKSPACE = path.join(PROJECT_ROOT, '..');

/** Output folder of the Terraform JSON, with a folder `stacks/<stack>` for each stack. */
export const OUT_FOLDER = path.join(PROJECT_ROOT, 'cdktf.out');

/** The one definition of the streams and of the job's settings. */
export const SETTINGS_FILE = path.join(WORKSPACE, 'flink', 'kinesis-config.json');

/** Artefacts of other projects, and the commands that build them. */
export const BUILT = {
  flinkZip: { path: path.join(WORKSPACE, 'flink', 'dist', 'ad-analytics-flink.zip'), by: 'flink:package' },
  sinkBundle: { path: path.join(WORKSPACE, 'apps', 'output-sink', 'dist'), by: 'output-sink:build' },
} as const;
