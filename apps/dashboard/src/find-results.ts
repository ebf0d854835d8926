import { findLocalStack, type LocalStackAddress, LocalStackAddressError } from '@ad-analytics/local-stack-address';
import { loadPropertyGroups, type PipelineSettings, pipelineSettings } from '@ad-analytics/pipeline-settings';
import path from 'node:path';
import { DashboardError, EXIT_USAGE } from './errors';

const HOW_TO_START =
  'Start it with `npm run demo` or `npm run stack` in another terminal.\n' +
  'Or use --endpoint URL for another emulator, --aws for AWS.';

/** The table to read. */
export interface SourceFlags {
  /** AWS itself. */
  readonly aws?: boolean;
  /** URL of an emulator. */
  readonly endpoint?: string;
  /** URL of Flink's REST API, instead of the local stack's. */
  readonly flink?: string;
  readonly region?: string;
  readonly table: string;
  /** Settings file, instead of that of the project or the local stack. */
  readonly config?: string;
}

/** Location of the results. */
export interface ResultsLocation {
  readonly region: string;
  /** Undefined: AWS. */
  readonly endpoint: string | undefined;
  readonly table: string;
  readonly settings: PipelineSettings;
  /** Flink's REST API, if known. */
  readonly flinkRest: string | undefined;
}

function localStack(root: string): LocalStackAddress {
  try {
    return findLocalStack(root);
  } catch (error) {
    if (!(error instanceof LocalStackAddressError)) throw error;
    const advice = error.kind === 'absent' ? `\n${HOW_TO_START}` : '';
    throw new DashboardError(error.message + advice, EXIT_USAGE);
  }
}

/**
 * @param root folder of the project
 * @param flags of the user; without flags, the running local stack is used
 * @returns where the results are, and the settings of the job that writes them
 * @throws DashboardError (exit code 2) when no local stack is running; SettingsError when the settings are invalid
 */
export function findResults(root: string, flags: SourceFlags): ResultsLocation {
  const stack = flags.aws || flags.endpoint ? undefined : localStack(root);
  const file = flags.config ?? stack?.configFile ?? path.join(root, 'flink', 'kinesis-config.json');
  const settings = pipelineSettings(loadPropertyGroups(file), file);
  return {
    region: flags.region ?? stack?.region ?? settings.results.region,
    endpoint: flags.endpoint ?? stack?.endpoint,
    table: flags.table,
    settings,
    flinkRest: flags.flink ?? stack?.flinkRest,
  };
}
