import { RECORD_TYPES } from '@ad-analytics/event-schemas';
import type { LocalStack } from '@ad-analytics/local-stack/stack';
import { printLedger } from './print-ledger';
import type { Ledger } from './ledger';
import type { CheckList } from '@ad-analytics/command-line/check-list';

/**
 * Computes the results again, with batch SQL over what lies in the input streams, and compares them record by record.
 * @param stack whose job has ended
 * @param keyFile with the key of the pseudonyms, if the settings name a secret
 * @returns what was compared
 */
export async function checkSameRecords(
  stack: LocalStack,
  checks: CheckList,
  signal: AbortSignal,
  keyFile?: string,
): Promise<Ledger> {
  // DuckDB is a native library: the other commands need not load it.
  const { verifyStack } = await import('./verify-stack');
  const ledger = await verifyStack(stack, signal, { keyFile });
  console.log(printLedger(ledger).join('\n'));
  checks.holds('an independent computation gives the same records', ledger.agrees, 'see the ledger above');
  return ledger;
}

/**
 * The same, for an input that must lead to records of every type.
 * @param stack whose job has ended
 * @param keyFile as for checkSameRecords
 */
export async function checkIndependently(
  stack: LocalStack,
  checks: CheckList,
  signal: AbortSignal,
  keyFile?: string,
): Promise<void> {
  const ledger = await checkSameRecords(stack, checks, signal, keyFile);
  for (const type of RECORD_TYPES) {
    const checked = ledger.types.find(({ recordType }) => recordType === type);
    if (checked === undefined) checks.skip(`records of type ${type}`, 'the packaged application does not write them');
    // Nothing expected and nothing found would prove nothing.
    else
      checks.holds(
        `the run has records of type ${type}`,
        checked.expected > 0,
        'the traffic does not lead to such records',
      );
  }
}
