import { SAMPLE_SETTINGS, at, click, result, sampleInput, sampleResults } from './sample-events';
import { expectedResults } from './sample-check';
import { verifyLedger } from './verify-ledger';

// Each run creates a database, which can be slow on a busy machine.
jest.setTimeout(120_000);

/** @returns the findings for clicks with these gaps in seconds; the first click is at `start` */
async function metronomes(start: number, gaps: readonly number[], fields: object = {}) {
  const times = gaps.reduce<number[]>((all, gap) => [...all, (all.at(-1) ?? 0) + gap], [start]);
  const clicks = times.map((t, k) => ({ event: click(`k${k}`, 'none', t, fields) }));
  const rows = await expectedResults('fraud_alert', [], clicks);
  return rows.filter((row) => row['rule'] === 'metronome');
}
const starts = (rows: Awaited<ReturnType<typeof metronomes>>) => rows.map((row) => row['window_start']).sort();

describe('metronome', () => {
  it('finds clicks with equal gaps of a user and of an address in every window that contains them', async () => {
    const rows = await metronomes(60, [10, 10, 10, 10, 10], { ip: '1.1.1.1' });
    // Ten windows of ten minutes contain the clicks of one minute.
    expect(starts(rows.filter((row) => row['actor_type'] === 'user'))).toEqual(
      [-480, -420, -360, -300, -240, -180, -120, -60, 0, 60].map(at),
    );
    expect(rows.filter((row) => row['actor_id'] === '1.1.1.1')).toHaveLength(10);
    expect(rows).toHaveLength(20);
    expect(rows[0]).toMatchObject({ observed: 0, threshold: 0.1, severity: 'high' });
  });

  it('needs six clicks', async () => {
    expect(await metronomes(60, [10, 10, 10, 10])).toEqual([]);
  });

  it('uses the population standard deviation', async () => {
    // Mean 10, variance 4/5: deviation 0.894427.
    const rows = await metronomes(60, [9, 11, 9, 11, 10]);
    expect(rows[0]).toMatchObject({ observed: 0.089443, severity: 'medium' });
    // Mean 10, deviation sqrt(2/5 * 0.04) = 0.126491.
    expect((await metronomes(60, [9.8, 10.2, 10, 10, 10]))[0]).toMatchObject({ observed: 0.012649, severity: 'high' });
  });

  it('does not find a variation of exactly the threshold', async () => {
    expect(await metronomes(60, [4.5, 5.5, 4.5, 5.5, 4.5, 5.5])).toEqual([]);
  });

  it('ignores a batch of clicks at one time', async () => {
    expect(await metronomes(60, [0, 0, 0, 0, 0])).toEqual([]);
  });

  it('does not count the gap to a click before the window', async () => {
    // The window that starts at 60 s does not contain the click at 50 s; in all other windows, its gap of 10 s is among gaps of 3 s.
    expect(starts(await metronomes(50, [10, 3, 3, 3, 3, 3]))).toEqual([at(60)]);
  });

  it('supports gaps of decades', async () => {
    const years = 50 * 365 * 86_400;
    expect(starts(await metronomes(60 - years, [years, 10, 10, 10, 10, 10]))).toHaveLength(10);
  });

  it('compares the variation with six decimals, and the severity exactly', async () => {
    // Gaps of 10, 10, 10, 10 and 11 s: mean 10.2, deviation 0.4, variation 0.039216.
    const impressions = sampleInput([]);
    const times = [60, 70, 80, 90, 100, 111];
    const clicks = sampleInput(times.map((t, k) => ({ event: click(`k${k}`, 'none', t) })));
    const alerts = (observed: number, severity: string) =>
      [-480, -420, -360, -300, -240, -180, -120, -60, 0, 60].map((start) =>
        result('fraud_alert', `metronome:user:${at(start)}:u1`, at(start + 600), {
          rule: 'metronome',
          actor_type: 'user',
          actor_id: 'u1',
          window_start: at(start),
          window_end: at(start + 600),
          observed,
          threshold: 0.1,
          severity,
        }),
      );
    const check = async (results: object[]) => {
      const types = ['fraud_alert'] as const;
      const ledger = await verifyLedger({ impressions, clicks }, sampleResults(results), SAMPLE_SETTINGS, { types });
      return ledger.types[0];
    };
    expect(await check(alerts(0.039217, 'medium'))).toMatchObject({ found: 10, differing: 0, missing: 0, extra: 0 });
    expect(await check(alerts(0.039218, 'medium'))).toMatchObject({ differing: 10 });
    expect(await check(alerts(0.039216, 'high'))).toMatchObject({ differing: 10 });
    expect(await check(alerts(0.039216, 'medium').slice(1))).toMatchObject({ missing: 1 });
  });
});
