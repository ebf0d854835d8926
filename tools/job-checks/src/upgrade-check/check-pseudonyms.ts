import { printLedger } from '@ad-analytics/verify/print-ledger';
import { independentLedger } from './independent-ledger';
import type { CaseContext, PastPhase } from './run-case';
import type { UpgradeRun } from './upgrade-run';

/**
 * Checks the results of jobs of which some replaced user ids and addresses. The results of each phase must have the form of its settings,
 * and all phases together must have as many results as are expected.
 * @param past phases in their order
 * @param results of all phases, in the order of their delivery
 */
export async function checkPseudonyms(
  context: CaseContext,
  run: UpgradeRun,
  name: string,
  past: readonly PastPhase[],
  results: readonly Uint8Array[],
): Promise<void> {
  const { checks } = context;
  const all = new Map<string, { expected: number; found: number }>();
  for (const [place, { phase, delivered }] of past.entries()) {
    const own = results.slice(past[place - 1]?.delivered ?? 0, delivered);
    const ledger = await independentLedger(context, run, phase, own);
    const sum = (of: 'extra' | 'differing') => ledger.types.reduce((total, type) => total + type[of], 0);
    checks.holds(
      `${name}: ${own.length} results of the phase "${phase.change}": ${sum('extra')} extra, ${sum('differing')} differing`,
      own.length > 0 && sum('extra') + sum('differing') + ledger.malformed.count === 0,
      `\n${printLedger(ledger).join('\n')}`,
    );
    for (const { recordType, expected, missing } of ledger.types) {
      const { found = 0 } = all.get(recordType) ?? {};
      all.set(recordType, { expected, found: found + expected - missing });
    }
  }
  for (const [type, { expected, found }] of all)
    checks.holds(
      `${name}: ${expected} results of the type ${type} in all phases together`,
      expected > 0 && found === expected,
      `${found} were found`,
    );
}
