import { readdirSync } from 'node:fs';
import path from 'node:path';
import { RECORD_TYPES, type RecordType } from '@ad-analytics/event-schemas';
import type { LocalStack } from '@ad-analytics/local-stack/stack';
import type { Results } from './input';
import { loadKnownBots } from './known-bots';
import type { Ledger } from './ledger';
import { verifySettings } from './settings';
import { streamInput, streamResults } from './stream-input';
import { type VerifyOptions, verifyLedger } from './verify-ledger';

/** @returns the record types that the unpacked application of a run writes: it has a sink for each of them */
export function writtenTypes(runFolder: string): RecordType[] {
  const sinks = readdirSync(path.join(runFolder, 'application', 'sql', 'sinks')).map((file) => path.parse(file).name);
  return RECORD_TYPES.filter((type) => sinks.includes(type));
}

/** What a check of a local stack can have. */
export interface StackCheckOptions extends Pick<VerifyOptions, 'onProgress'> {
  /** Results to check; default: those of the results stream. */
  readonly results?: Results | undefined;
  /** File with the key of the pseudonyms, if the settings name a secret. */
  readonly keyFile?: string | undefined;
}

/**
 * Checks the results of a local stack with its own input streams: every type that its application writes.
 * @param stack whose job has ended with all windows closed
 * @param signal ends the check
 * @throws CommandError (exit code 2) when a stream cannot be read; the signal's reason
 */
export function verifyStack(
  stack: Pick<LocalStack, 'kinesis' | 'runFolder' | 'settings'>,
  signal: AbortSignal,
  { onProgress, results, keyFile }: StackCheckOptions = {},
): Promise<Ledger> {
  const { kinesis, runFolder, settings } = stack;
  return verifyLedger(
    {
      impressions: streamInput(kinesis, settings.impressions.streamName, signal),
      clicks: streamInput(kinesis, settings.clicks.streamName, signal),
    },
    results ?? streamResults(kinesis, settings.results.streamName, signal),
    verifySettings(settings, keyFile),
    {
      types: writtenTypes(runFolder),
      knownBots: loadKnownBots(),
      signal,
      ...(onProgress === undefined ? {} : { onProgress }),
    },
  );
}
