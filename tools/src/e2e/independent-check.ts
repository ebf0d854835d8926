import { readdirSync } from 'node:fs';
import path from 'node:path';
import { RECORD_TYPES } from '@ad-analytics/event-schemas';
import type { LocalStack } from '../local-stack/stack';
import { printLedger } from '../verify/print-ledger';
import { verifySettings } from '../verify/settings';
import { streamInput, streamResults } from '../verify/stream-input';
import { verifyLedger } from '../verify/verify-ledger';
import type { CheckList } from './check-list';

/** Record types that the unpacked application writes: it has a sink named after each. */
function writtenTypes(runFolder: string) {
  const sinks = readdirSync(path.join(runFolder, 'application', 'sql', 'sinks')).map((file) => path.parse(file).name);
  return RECORD_TYPES.filter((type) => sinks.includes(type));
}

/**
 * Computes the results once more, with batch SQL over what lies in the input streams, and compares them record by record.
 * @param stack whose job has ended
 */
export async function checkIndependently(stack: LocalStack, checks: CheckList, signal: AbortSignal): Promise<void> {
  const { impressions, clicks, results } = stack.settings;
  const types = writtenTypes(stack.runFolder);
  const ledger = await verifyLedger(
    {
      impressions: streamInput(stack.kinesis, impressions.streamName, signal),
      clicks: streamInput(stack.kinesis, clicks.streamName, signal),
    },
    streamResults(stack.kinesis, results.streamName, signal),
    verifySettings(stack.settings),
    { types, signal },
  );
  checks.holds(
    `an independent computation gives the same records (${types.join(', ')})`,
    ledger.agrees,
    `\n${printLedger(ledger).join('\n')}`,
  );
  for (const type of RECORD_TYPES.filter((name) => !types.includes(name))) {
    checks.skip(`records of type ${type}`, 'the packaged application writes none yet');
  }
}
