import { existsSync, readFileSync, statSync } from 'node:fs';
import { ServingTable, createServingClient, tableReader } from '@ad-analytics/serving-table';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import {
  type PipelineSettings,
  SettingsError,
  type StreamSettings,
  loadPropertyGroups,
  pipelineSettings,
} from '@ad-analytics/pipeline-settings';
import { CONFIG_FILE, RUN_ROOT } from '@ad-analytics/setup/layout.cjs';
import { type CurrentStack, currentStackFile } from '@ad-analytics/local-stack/current-stack';
import { CommandError } from '@ad-analytics/command-line/errors';
import { localKinesisClient } from '@ad-analytics/local-stack/kinesis-client';
import { fileInput, fileResults } from './file-input';
import type { Input, Results } from './input';
import { type VerifySettings, verifySettings } from './settings';
import { streamInput, streamResults } from './stream-input';
import { tableResults } from './table-results';

/** The user's choice of inputs, results and settings. */
export interface SourceFlags {
  readonly impressions?: readonly string[];
  readonly clicks?: readonly string[];
  readonly results?: readonly string[];
  /** Name of the serving table that is checked instead of the delivered records. */
  readonly table?: string;
  readonly shards: number;
  readonly arrival: 'after' | 'now';
  /** The files were sent in their own order instead of the order of event times. */
  readonly inFileOrder?: boolean;
  readonly config?: string;
  /** File with the key of the pseudonyms. */
  readonly privacyKey?: string;
}

/** The data of a check. */
export interface Sources {
  readonly inputs: { readonly impressions: Input; readonly clicks: Input };
  readonly results: Results;
  readonly settings: VerifySettings;
  /** A description of the sources, as one line. */
  readonly description: string;
}

/**
 * @param flags the user's choice
 * @param signal ends the reading
 * @param places paths of the committed settings and of the folder of all runs
 * @throws CommandError (exit code 2) when a file is missing, only one input is a file, or no source is available
 */
export function resolveSources(
  flags: SourceFlags,
  signal: AbortSignal,
  places = { configFile: CONFIG_FILE, runRoot: RUN_ROOT },
): Sources {
  const { impressions, clicks, results, table } = flags;
  if (table !== undefined && results !== undefined)
    throw new CommandError('Give --table to check the serving table, or --results to check files, not both.', 2);
  if ((impressions === undefined) !== (clicks === undefined)) {
    throw new CommandError('Give both --impressions and --clicks, or omit both to read the streams.', 2);
  }
  for (const file of [...(impressions ?? []), ...(clicks ?? []), ...(results ?? [])]) refuseUnreadable(file);
  const needsStreams = impressions === undefined || results === undefined;
  const configFile = flags.config ?? (needsStreams ? currentConfig(places.runRoot) : places.configFile);
  const pipeline = loadSettings(configFile);
  const client = (stream: StreamSettings) =>
    stream.endpoint === undefined
      ? new KinesisClient({ region: stream.region })
      : localKinesisClient(stream.endpoint, stream.region);
  const fromStream = (stream: StreamSettings) => streamInput(client(stream), stream.streamName, signal);
  const checked = (): Results => {
    if (table !== undefined) {
      // The table is in the account and region, or on the emulator, of its stream.
      const { region, endpoint } = pipeline.results;
      return tableResults(new ServingTable(tableReader(createServingClient({ region, endpoint })), table));
    }
    if (results !== undefined) return fileResults(results);
    return streamResults(client(pipeline.results), pipeline.results.streamName, signal);
  };
  const from = table !== undefined ? `the table ${table}` : results === undefined ? 'the stream' : 'files';
  const ofFiles = {
    shards: flags.shards,
    byTime: flags.inFileOrder !== true,
    ...(flags.arrival === 'now' ? { arrivalTime: Date.now() } : {}),
  };
  return {
    inputs: {
      impressions: impressions === undefined ? fromStream(pipeline.impressions) : fileInput(impressions, ofFiles),
      clicks: clicks === undefined ? fromStream(pipeline.clicks) : fileInput(clicks, ofFiles),
    },
    results: checked(),
    settings: verifySettings(pipeline, flags.privacyKey),
    description:
      `Inputs from ${impressions === undefined ? 'the streams' : `files, put into ${flags.shards} shards`}, ` +
      `results from ${from}, settings from ${configFile}`,
  };
}

function refuseUnreadable(file: string): void {
  if (!existsSync(file)) throw new CommandError(`File not found: ${file}.`, 2);
  if (statSync(file).isDirectory()) throw new CommandError(`${file} is a folder, not a JSONL file.`, 2);
}

/**
 * The committed settings are never used for streams: without an endpoint, they would refer to the streams on AWS, which the user must
 * request explicitly.
 */
function currentConfig(runRoot: string): string {
  const file = currentStackFile(runRoot);
  if (!existsSync(file)) {
    throw new CommandError(
      'No local stack is running: start one (npm run stack), give files, or name the settings of the streams with --config.',
      2,
    );
  }
  return (JSON.parse(readFileSync(file, 'utf8')) as CurrentStack).configFile;
}

function loadSettings(file: string): PipelineSettings {
  refuseUnreadable(file);
  try {
    return pipelineSettings(loadPropertyGroups(file), file);
  } catch (error) {
    if (error instanceof SettingsError) throw new CommandError(error.message, 2);
    throw error;
  }
}
