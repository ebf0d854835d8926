import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type PipelineSettings, loadPropertyGroups } from '@ad-analytics/pipeline-settings';
import { localSettings } from './effective-config';
import type { LocalStack } from './stack';
import { createStreams } from './streams';

/** Streams and settings of one of several runs that share a stack. */
export interface OwnStreams {
  readonly settings: PipelineSettings;
  /** File with the settings; the job of the run is submitted with it. */
  readonly configFile: string;
}

/**
 * Creates streams for one of several runs that share a stack.
 * @param name of the run, part of the streams' names
 * @param overrides settings of this run that differ from the stack's, by name
 * @param shards of each stream
 */
export async function createOwnStreams(
  stack: Pick<LocalStack, 'configFile' | 'endpoint' | 'kinesis' | 'runFolder'>,
  name: string,
  overrides: Readonly<Record<string, string>>,
  shards: number,
): Promise<OwnStreams> {
  const ownNames = Object.fromEntries(
    loadPropertyGroups(stack.configFile).flatMap(({ PropertyGroupId, PropertyMap }) => {
      const stream = PropertyMap['stream.name'];
      return stream === undefined ? [] : [[`${PropertyGroupId}/stream.name`, `${stream}-${name}`]];
    }),
  ) as Record<string, string>;
  const { groups, settings } = localSettings(stack.configFile, { ...ownNames, ...overrides }, stack.endpoint);
  const folder = path.join(stack.runFolder, 'settings');
  mkdirSync(folder, { recursive: true });
  const configFile = path.join(folder, `${name}.json`);
  writeFileSync(configFile, `${JSON.stringify(groups, null, 2)}\n`);
  const streams = [settings.impressions, settings.clicks, settings.results].map(({ streamName }) => streamName);
  await createStreams(stack.kinesis, streams, shards);
  return { settings, configFile };
}
