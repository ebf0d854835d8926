import fc from 'fast-check';
import { SAMPLE_TRAFFIC } from './sample-cost';
import { allResults, workload } from './workload';

describe('workload', () => {
  it('scales results that depend on events, but not results that depend on windows', () => {
    const load = workload(SAMPLE_TRAFFIC, { eventsPerSecond: 500, windowSeconds: 60 });
    expect(load.impressions.perSecond).toBeCloseTo(450, 9);
    expect(load.clicks.perSecond).toBeCloseTo(50, 9);
    expect(load.results.user_engagement.perSecond).toBeCloseTo(5, 9);
    expect(load.results.campaign_metrics.perSecond).toBeCloseTo(1, 9);
    expect(load.results.attribution_metrics.perSecond).toBeCloseTo(0.1, 9);
  });

  it('prefers inputs of the user to measured values', () => {
    const load = workload(SAMPLE_TRAFFIC, {
      eventsPerSecond: 1000,
      windowSeconds: 60,
      clickShare: 0.25,
      recordBytes: 5121,
      resultsPerEvent: 3,
      keysInWindow: 600,
    });
    expect(load.clicks.perSecond).toBe(250);
    expect(load.impressions).toMatchObject({ bytes: 5121, kilobytes: 6, fiveKilobytes: 2, putUnits: 1 });
    expect(load.results.campaign_metrics.perSecond).toBe(10);
    // Six types follow events: three results for each event in all.
    const windows = load.results.campaign_metrics.perSecond + load.results.attribution_metrics.perSecond;
    expect(allResults(load).perSecond - windows).toBeCloseTo(3000, 6);
  });

  it('distributes the records for all inputs', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 1e6, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (eventsPerSecond, clickShare) => {
          const { impressions, clicks } = workload(SAMPLE_TRAFFIC, { eventsPerSecond, clickShare, windowSeconds: 60 });
          expect(impressions.perSecond + clicks.perSecond).toBeCloseTo(eventsPerSecond, 6);
        },
      ),
    );
  });
});
