import type { RecordType } from '@ad-analytics/event-schemas';
import type { FraudSettings } from '@ad-analytics/pipeline-settings';
import type { Example } from './ledger';
import { SAMPLE_SETTINGS, type SampleRecord, sampleInput, sampleResults } from './sample-events';
import { type EarlierRules, verifyLedger } from './verify-ledger';

/** The only user agent on the sample's list of crawlers. */
export const BOT = 'bot';

/** @returns n records; the k-th is `event(k)` */
export function repeat(n: number, event: (k: number) => object): SampleRecord[] {
  return Array.from({ length: n }, (_, k) => ({ event: event(k) }));
}

/**
 * @param fraud settings that differ from the sample's
 * @returns the expected results of the inputs
 */
export async function expectedResults(
  type: RecordType,
  impressions: readonly SampleRecord[],
  clicks: readonly SampleRecord[],
  fraud: Partial<FraudSettings> = {},
  earlierRules: readonly EarlierRules[] = [],
): Promise<readonly Example[]> {
  const ledger = await verifyLedger(
    { impressions: sampleInput(impressions), clicks: sampleInput(clicks) },
    sampleResults([]),
    { ...SAMPLE_SETTINGS, fraud: { ...SAMPLE_SETTINGS.fraud, ...fraud } },
    { types: [type], examples: 10_000, knownBots: (userAgent) => userAgent === BOT, earlierRules },
  );
  return ledger.types[0]?.examples.missing ?? [];
}
