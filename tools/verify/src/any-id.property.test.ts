import fc from 'fast-check';
import { anyId } from '@ad-analytics/any-text';
import { type Input } from './input';
import { SAMPLE_SETTINGS, at, click, impression, result, sampleInput, sampleResults } from './sample-events';
import { verifyLedger } from './verify-ledger';

// Each run creates a database, which can be slow on a busy machine.
jest.setTimeout(300_000);

const ids = fc.uniqueArray(anyId, { minLength: 1, maxLength: 10 });

const common = (id: string) => ({ user_id: id, campaign_id: id, ad_id: id, publisher_id: id });
/** For each identifier: an impression, a click with the same identifier, and a click without an impression. */
function inputsOf(given: readonly string[]): { impressions: Input; clicks: Input } {
  return {
    impressions: sampleInput(given.map((id) => ({ event: impression(id, 10, common(id)) }))),
    clicks: sampleInput(
      given.flatMap((id, n) => [
        { event: click(id, id, 15, common(id)) },
        { event: click(`orphan ${n}`, `no ${n}`, 16, common(id)) },
      ]),
    ),
  };
}
function resultsOf(given: readonly string[]): object[] {
  return given.flatMap((id, n) => [
    result('attributed_click', id, at(15), {
      click_id: id,
      impression_id: id,
      ...common(id),
      device_type: null,
      country: null,
      impression_time: at(10),
      click_time: at(15),
      time_to_click_ms: 5_000,
      cost_micros: null,
      invalid_reasons: [],
    }),
    result('unattributed_click', `orphan ${n}`, at(16), {
      click_id: `orphan ${n}`,
      impression_id: `no ${n}`,
      ...common(id),
      click_time: at(16),
    }),
  ]);
}
/** Another identifier, which differs in the last character. */
const spoiltId = (id: string) => [...[...id].slice(0, -1), id.endsWith('?') ? '!' : '?'].join('');

const check = (given: readonly string[], results: readonly object[]) =>
  verifyLedger(inputsOf(given), sampleResults(results), SAMPLE_SETTINGS, {
    types: ['attributed_click', 'unattributed_click'],
    knownBots: () => false,
  });

it('agrees on results with any identifier, and distinguishes two identifiers', async () => {
  await fc.assert(
    fc.asyncProperty(ids, fc.nat(), async (given, which) => {
      const results = resultsOf(given);
      expect(await check(given, results)).toMatchObject({ agrees: true, resultsRead: results.length });

      const broken = given[which % given.length]!;
      const spoilt = results.map((record) =>
        JSON.parse(JSON.stringify(record), (name, value: unknown) =>
          name === 'publisher_id' && value === broken ? spoiltId(broken) : value,
        ),
      ) as object[];
      const ledger = await check(given, spoilt);
      expect(ledger.agrees).toBe(false);
      expect(ledger.types.map(({ differing }) => differing)).toEqual([1, 1]);
    }),
    { numRuns: 5 },
  );
});
