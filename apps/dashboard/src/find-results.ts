import { findLocalStack, type LocalStackAddress, LocalStackAddressError } from '@ad-analytics/local-stack-address';
import { loadPropertyGroups, type PipelineSettings, pipelineSettings } from '@ad-analytics/pipeline-settings';
import path from 'node:path';
import { DashboardError, EXIT_USAGE } from './errors';

const HOW_TO_START =
  'Start it with `npm run demo` or `npm run stack` in another terminal.\n' +
  'Or use --endpoint URL for another emulator, --aws for AWS.';

/** Which table is meant. */
export interface SourceFlags {
  /** AWS itself. */
  readonly aws?: boolean;
  /** URL of an emulator. */
  readonly endpoint?: string;
  /** URL of Flink's REST API, in place of the local stack's. */
  readonly flink?: string;
  readonly region?: string;
  readonly table: string;
  /** Settings file in place of the project's, or of the local stack's. */
  readonly config?: string;
}

/** Where the results are. */
export interface ResultsLocation {
  readonly region: string;
  /** Undefined: AWS. */
  readonly endpoint: string | undefined;
  readonly table: string;
  readonly settings: PipelineSettings;
  /** Flink's REST API, where it is known. */
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
 * @param flags as given by the user; without any the running local stack is meant
 * @returns where the results are, and the settings of the job that makes them
 * @throws DashboardError (exit code 2) when no local stack runs; SettingsError when the settings are wrong
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
