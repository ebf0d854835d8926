import { loadKnownBots } from '@ad-analytics/verify/known-bots';
import type { Ledger } from '@ad-analytics/verify/ledger';
import { verifySettings } from '@ad-analytics/verify/settings';
import { type VerifyOptions, verifyLedger } from '@ad-analytics/verify/verify-ledger';
import { writtenTypes } from '@ad-analytics/verify/verify-stack';
import type { Phase } from './matrix';
import type { CaseContext } from './run-case';
import type { UpgradeRun } from './upgrade-run';

/**
 * Computes the results of all input independently, and compares them.
 * @param phase whose settings apply
 * @param results as delivered
 * @param options `earlierRules` of the run; `leftOut`: records of the input that are withheld from the computation
 */
export function independentLedger(
  { stack, signal }: Pick<CaseContext, 'stack' | 'signal'>,
  run: UpgradeRun,
  { settings = {} }: Phase,
  results: readonly Uint8Array[],
  options: Pick<VerifyOptions, 'earlierRules'> & { readonly leftOut?: (data: Uint8Array) => boolean } = {},
): Promise<Ledger> {
  const { earlierRules = [], leftOut = () => false } = options;
  const inputs = { impressions: run.input('impressions', leftOut), clicks: run.input('clicks', leftOut) };
  const delivered = {
    async *records() {
      yield* results;
    },
  };
  return verifyLedger(inputs, delivered, verifySettings(run.settingsWith(settings)), {
    types: writtenTypes(stack.runFolder),
    knownBots: loadKnownBots(),
    earlierRules,
    signal,
  });
}
