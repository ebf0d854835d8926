import type { FraudSettings } from '@ad-analytics/pipeline-settings';
import { at, click, impression } from './sample-events';
import { expectedResults, repeat } from './sample-check';

// Each run creates a database, which can be slow on a busy machine.
jest.setTimeout(120_000);

/** Clicks of one window of a minute, and its impressions if they are not 100. */
type Minute = number | readonly [clicks: number, impressions: number];

/** @returns the findings for consecutive minutes from noon; before the last one, there is a number of minutes without events */
async function anomalies(minutes: readonly Minute[], fraud: Partial<FraudSettings> = {}, quietMinutes = 0) {
  const counts = minutes.map((minute) => (typeof minute === 'number' ? ([minute, 100] as const) : minute));
  const start = (m: number) => 60 * (m < counts.length - 1 ? m : m + quietMinutes);
  const impressions = counts.flatMap(([, n], m) => repeat(n, (k) => impression(`i${m}-${k}`, start(m) + k / 100)));
  const clicks = counts.flatMap(([n], m) => repeat(n, (k) => click(`k${m}-${k}`, 'none', start(m) + k / 100)));
  const arrived = 3_600 + 60 * quietMinutes;
  const [shown, clicked] = [impressions, clicks].map((records) => records.map((record) => ({ ...record, arrived })));
  const rows = await expectedResults('fraud_alert', shown ?? [], clicked ?? [], fraud);
  return rows.filter((row) => row['rule'] === 'publisher_ctr_anomaly');
}
const SIX_OF_TEN = [10, 10, 10, 10, 10, 10];

describe('publisher_ctr_anomaly', () => {
  it('finds a rate three deviations above the mean if sampling noise is the deviation', async () => {
    // Mean 0.1, no variance; noise sqrt(0.1 * 0.9 / 100) = 0.03. 19 clicks: (0.19 - 0.1) / 0.03 = 3.
    const rows = await anomalies([...SIX_OF_TEN, 19]);
    expect(rows).toMatchObject([
      { actor_type: 'publisher', actor_id: 'p1', window_start: at(360), window_end: at(420) },
    ]);
    expect(rows).toMatchObject([{ observed: 3, threshold: 3, severity: 'medium' }]);
    expect(await anomalies([...SIX_OF_TEN, 18])).toEqual([]);
  });

  it('grades three times the threshold as high', async () => {
    // (0.36 - 0.1) / 0.03 = 8.6667, (0.37 - 0.1) / 0.03 = 9.
    expect(await anomalies([...SIX_OF_TEN, 36])).toMatchObject([{ observed: 8.6667, severity: 'medium' }]);
    expect(await anomalies([...SIX_OF_TEN, 37])).toMatchObject([{ observed: 9, severity: 'high' }]);
  });

  it("uses the deviation of the trailing windows if it is greater than the noise, and the window's own number of impressions", async () => {
    // Rates 0 and 0.2: mean 0.1, deviation of the population 0.1. 40 clicks: z = 3.
    expect(await anomalies([0, 20, 0, 20, 0, 20, 40])).toMatchObject([{ observed: 3 }]);
    // 225 impressions: noise sqrt(0.09 / 225) = 0.02. 36 clicks: (0.16 - 0.1) / 0.02 = 3.
    expect(await anomalies([...SIX_OF_TEN, [36, 225]])).toMatchObject([{ observed: 3 }]);
  });

  it('rounds rates half up to millionths', async () => {
    // 141 of 128 are 1,101,562.5 ppm, rounded 1,101,563: with 1,100,000 mean 1,100,781.5, deviation 781.5. 142 of 128 are 1,109,375.
    const [some, others] = [[141, 128] as const, 110];
    const rows = await anomalies([some, others, some, others, some, others, [142, 128]]);
    expect(rows).toMatchObject([{ observed: 10.9962 }]);
  });

  it('needs six windows before it', async () => {
    expect(await anomalies([10, 10, 10, 10, 10, 90])).toEqual([]);
  });

  it('ignores windows with too few impressions', async () => {
    expect(await anomalies([...SIX_OF_TEN.slice(1), [99, 99], 19])).toEqual([]);
    expect(await anomalies([...SIX_OF_TEN, [99, 99], 19])).toMatchObject([{ window_start: at(420), observed: 3 }]);
  });

  it('uses only the trailing windows', async () => {
    const six = { publisherCtrTrailingWindows: 6 };
    expect(await anomalies([90, ...SIX_OF_TEN, 19], six)).toMatchObject([{ observed: 3 }]);
    expect(await anomalies([90, ...SIX_OF_TEN, 19], { publisherCtrTrailingWindows: 7 })).toEqual([]);
  });

  it('restarts the history of a publisher after seven days without a window', async () => {
    const sevenDays = 7 * 24 * 60;
    expect(await anomalies([...SIX_OF_TEN, 19], {}, sevenDays)).toMatchObject([{ observed: 3 }]);
    expect(await anomalies([...SIX_OF_TEN, 19], {}, sevenDays + 1)).toEqual([]);
  });

  it('has no findings if the deviation is 0', async () => {
    expect(await anomalies([0, 0, 0, 0, 0, 0, 50])).toEqual([]);
  });

  it('computes rates whose squares exceed 64 bits', async () => {
    // 3,038 and 3,040 clicks per impression: mean 3,039, deviation 1.
    const minutes = [3_038, 3_040, 3_038, 3_040, 3_038, 3_040, 3_060].map((clicks) => [clicks, 1] as const);
    expect(await anomalies(minutes, { publisherCtrMinImpressions: 1 })).toMatchObject([{ observed: 21 }]);
  });

  it('has no sampling noise for a rate above one', async () => {
    // Rates 1.1 and 1.3: mean 1.2, deviation 0.1.
    expect(await anomalies([110, 130, 110, 130, 110, 130, 150])).toMatchObject([{ observed: 3 }]);
  });
});
