import { existsSync, readFileSync, statSync } from 'node:fs';
import { loadPropertyGroups, pipelineSettings } from '@ad-analytics/pipeline-settings';
import type { CurrentStack } from '@ad-analytics/local-stack/current-stack';
import { CommandError } from '@ad-analytics/command-line/errors';
import { localKinesisClient } from '@ad-analytics/local-stack/kinesis-client';
import { fileResults } from '@ad-analytics/verify/file-input';
import type { Results } from '@ad-analytics/verify/input';
import { streamResults } from '@ad-analytics/verify/stream-input';

/** A source of results. */
export interface ResultSource {
  readonly results: Results;
  /** In words. */
  readonly name: string;
  close(): void;
}

/**
 * @param files of results, JSONL, plain or gzip
 * @throws CommandError (exit code 2) when a file is missing
 */
export function resultFiles(files: readonly string[]): ResultSource {
  for (const file of files) {
    if (!existsSync(file)) throw new CommandError(`--results: file not found: ${file}.`, 2);
    if (statSync(file).isDirectory()) throw new CommandError(`--results: ${file} is a folder, not a JSONL file.`, 2);
  }
  return { results: fileResults(files), name: files.join(', '), close: () => undefined };
}

/**
 * @param stackFile file with the address of the running stack
 * @param signal ends the reading
 * @throws CommandError (exit code 2) when no stack is running
 */
export function stackResults(stackFile: string, signal: AbortSignal): ResultSource {
  if (!existsSync(stackFile)) {
    throw new CommandError(
      `A local stack is not running (missing file: ${stackFile}): start one with \`npm run stack\`, or give files with --results.`,
      2,
    );
  }
  const { endpoint, region, configFile } = JSON.parse(readFileSync(stackFile, 'utf8')) as CurrentStack;
  const { streamName } = pipelineSettings(loadPropertyGroups(configFile)).results;
  const client = localKinesisClient(endpoint, region);
  return {
    results: streamResults(client, streamName, signal),
    name: `the stream ${streamName} of the running stack`,
    close: () => client.destroy(),
  };
}
