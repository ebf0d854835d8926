import { GroundTruth, generateTraffic } from '@ad-analytics/traffic-model';
import { edgeTraffic } from './edge-traffic';
import { expectationsOf } from './expectations';
import { E2E_TRAFFIC } from './record-traffic';

const settings = { attributionSeconds: 600, windowSeconds: 60 };
const START = Date.parse('2024-06-03T10:00:00.000Z');

describe('expectationsOf', () => {
  it('agrees with the ground truth of the traffic model on a run with every anomaly', () => {
    const emissions = [...generateTraffic(E2E_TRAFFIC)];
    const truth = new GroundTruth();
    for (const emission of emissions) truth.add(emission);
    const expected = expectationsOf(emissions, settings);
    const totals = truth.totals();
    expect({ impressions: expected.impression, clicks: expected.click }).toEqual({
      impressions: totals.impressions,
      clicks: totals.clicks,
    });
    expect(expected.attributed).toHaveLength(totals.attributed);
    expect(expected.unattributed).toHaveLength(totals.unattributed);
    // The run contains every case that it must test.
    for (const count of Object.values(totals.byAnomaly)) expect(count).toBeGreaterThan(0);
    for (const stream of [expected.impression, expected.click]) {
      for (const count of Object.values(stream)) expect(count).toBeGreaterThan(0);
    }
  });

  it('includes and excludes the ends of the attribution window as the contract defines', () => {
    const { attributed, unattributed, click } = expectationsOf(edgeTraffic(START, START + 60_000, 600), settings);
    const edges = (ids: readonly string[]) => ids.filter((id) => !id.includes('tail'));
    expect(edges(attributed)).toEqual(['edge-click-at-once', 'edge-click-last-ms', 'edge-click-overtaking']);
    expect(unattributed).toEqual(['edge-click-too-early', 'edge-click-too-late']);
    expect(click.records).toBe(attributed.length + unattributed.length);
  });

  it('counts a click at the start of a window in this window, and a click one millisecond earlier in the previous window', () => {
    const { windows } = expectationsOf(edgeTraffic(START, START + 60_000, 600), settings);
    expect(windows['2024-06-03T10:00:00.000Z|edge-campaign']).toEqual({ impressions: 0, clicks: 1 });
    expect(windows['2024-06-03T10:01:00.000Z|edge-campaign']).toEqual({ impressions: 6, clicks: 2 });
  });
});
