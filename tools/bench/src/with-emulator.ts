import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { KinesisClient } from '@aws-sdk/client-kinesis';
import type { PipelineSettings } from '@ad-analytics/pipeline-settings';
import { localSettings } from '@ad-analytics/local-stack/effective-config';
import { startEmulator } from '@ad-analytics/local-stack/emulator';
import { localKinesisClient } from '@ad-analytics/local-stack/kinesis-client';
import { preferPartFailure, whenAborted } from '@ad-analytics/local-stack/part-failure';
import { Parts } from '@ad-analytics/local-stack/parts';
import type { BenchSession } from './bench-session';

/** Stands for the endpoint while it is not known yet. */
const ANY_ENDPOINT = 'http://127.0.0.1';

/** A running emulator without Flink. */
export interface BenchEmulator {
  readonly endpoint: string;
  readonly region: string;
  readonly pid: number;
  readonly settings: PipelineSettings;
  /** Settings of the pipeline with the emulator as their endpoint. */
  readonly configFile: string;
  readonly kinesis: KinesisClient;
  /** Folder for what runs on it. */
  readonly folder: string;
  readonly parts: Parts;
}

/**
 * Starts the local AWS, runs the work, and stops the local AWS, even if the work fails.
 * @param session of the call
 * @param work what to do while it runs
 * @returns what the work returns
 * @throws PartFailedError, the work's own error, or the signal's reason
 */
export async function withEmulator<T>(
  { environment, folder, signal }: BenchSession,
  work: (emulator: BenchEmulator) => Promise<T>,
): Promise<T> {
  const { region } = localSettings(environment.configFile, {}, ANY_ENDPOINT).settings.results;
  mkdirSync(path.join(folder, 'logs'), { recursive: true });
  const logFile = path.join(folder, 'logs', 'ministack.log');
  const parts = new Parts();
  const run = async () => {
    const { endpoint, process } = await startEmulator({ python: environment.python, folder, logFile, region }, parts);
    const { groups, settings } = localSettings(environment.configFile, {}, endpoint);
    const configFile = path.join(folder, 'kinesis-config.json');
    writeFileSync(configFile, `${JSON.stringify(groups, null, 2)}\n`);
    const kinesis = localKinesisClient(endpoint, region);
    try {
      return await work({ endpoint, region, pid: process.pid, settings, configFile, kinesis, folder, parts });
    } finally {
      kinesis.destroy();
    }
  };
  try {
    return await Promise.race([preferPartFailure(run(), parts), whenAborted(signal)]);
  } finally {
    await parts.stop();
  }
}
