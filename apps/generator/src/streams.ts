import { loadPropertyGroups, type PipelineSettings, pipelineSettings } from '@ad-analytics/pipeline-settings';
import path from 'node:path';
import { EXIT_USAGE, GeneratorError } from './errors';
import { findLocalStack } from './local-stack';

/** The Kinesis to write to; at most one option is set. */
export interface StreamFlags {
  /** AWS itself. */
  readonly aws?: boolean;
  /** URL of an emulator. */
  readonly endpoint?: string;
  /** Settings file, instead of that of the project or the local stack. */
  readonly config?: string;
}

/** @returns path of the committed settings */
export function committedConfig(root: string): string {
  return path.join(root, 'flink', 'kinesis-config.json');
}

/**
 * @param root folder of the project
 * @param flags of the user; without any the running local stack is meant
 * @returns the pipeline's settings, with the endpoint to write to in both input streams
 * @throws GeneratorError (exit code 2) when no local stack is running, or with --aws and the file of a local run;
 *   SettingsError when the file is invalid
 */
export function findStreams(root: string, flags: StreamFlags): PipelineSettings {
  const stack = flags.aws || flags.endpoint ? undefined : findLocalStack(root);
  const file = flags.config ?? stack?.configFile ?? committedConfig(root);
  const settings = pipelineSettings(loadPropertyGroups(file));
  if (flags.aws) {
    if (settings.impressions.endpoint ?? settings.clicks.endpoint)
      throw new GeneratorError(
        `${file} has an aws.endpoint, so it belongs to a local run: use --aws with another file.`,
        EXIT_USAGE,
      );
    return settings;
  }
  const endpoint = flags.endpoint ?? (stack as { endpoint: string }).endpoint;
  return {
    ...settings,
    impressions: { ...settings.impressions, endpoint },
    clicks: { ...settings.clicks, endpoint },
  };
}
