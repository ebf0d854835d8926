import type { RecordType, ResultOf } from '@ad-analytics/event-schemas';
import { alertOf, clickOf, engagementOf, rejectedOf, trafficOf } from '../../test/sample-results';
import type { FoundResult, Payload } from '../results/results-reader';
import {
  summarizeAlerts,
  summarizeAttributed,
  summarizeEngagement,
  summarizeLeftOut,
  summarizeTraffic,
} from './summaries';

const NOW = Date.parse('2026-11-24T10:00:00.000Z');
const found = <T extends RecordType>(type: T, records: readonly ResultOf<T>[]): FoundResult<T>[] =>
  records.map((record) => ({ time: NOW, payload: (record as never)[type] as Payload<T> }));
const many = <T>(count: number, make: (index: number) => T) => Array.from({ length: count }, (_, index) => make(index));

describe('summaries', () => {
  it('includes keys above its limit in the total', () => {
    const windows = many(2_000, (index) => trafficOf(NOW, 'campaign', `c${index}`, { impressions: index, clicks: 1 }));
    const { total, byKey } = summarizeTraffic(found('campaign_metrics', windows));
    expect(total).toMatchObject({ impressions: 1_999_000, clicks: 2_000 });
    expect(byKey.size).toBe(500);
    expect([byKey.has('c1999'), byKey.has('c0')]).toEqual([true, false]);
  });

  it('counts a click once as invalid, and under each of its reasons', () => {
    const clicks = [
      clickOf('1', NOW),
      clickOf('2', NOW, { invalid_reasons: ['duplicate_click', 'too_fast_click'] }),
      clickOf('3', NOW, { campaign_id: 'other', ad_id: 'other-ad', invalid_reasons: ['too_fast_click'] }),
    ];
    const { total, byCampaign, campaignOfAd } = summarizeAttributed(found('attributed_click', clicks));
    expect(total).toEqual({ attributed: 3, valid: 1, invalidReasons: { duplicate_click: 1, too_fast_click: 2 } });
    expect(byCampaign.get('other')).toMatchObject({ attributed: 1, valid: 0 });
    expect(campaignOfAd.get('other-ad')).toBe('other');
  });

  it('counts all alerts and keeps the evidence of the most severe', () => {
    const alerts = many(500, (index) =>
      alertOf(NOW, { actor_id: `10.0.${index >> 8}.${index % 256}`, severity: index === 499 ? 'high' : 'medium' }),
    );
    const summary = summarizeAlerts(found('fraud_alert', alerts));
    expect(summary.bySeverity).toEqual({ low: 0, medium: 499, high: 1 });
    expect(summary.alerts).toHaveLength(200);
    expect(summary.alerts[0]?.severity).toBe('high');
  });

  it('puts every score into one of ten bins, 100 into the last', () => {
    const scores = [0, 9.99, 10, 55, 99.99, 100];
    const users = scores.map((score, index) => engagementOf(NOW, `u${index}`, { score }));
    const { histogram, users: count, top } = summarizeEngagement(found('user_engagement', users), true);
    expect(histogram).toEqual([2, 1, 0, 0, 0, 1, 0, 0, 0, 2]);
    expect(count).toBe(scores.length);
    expect(top[0]?.score).toBe(100);
  });

  it('keeps a bounded number of bounded reasons', () => {
    const events = many(300, (index) => rejectedOf(String(index), NOW, 'click', `${index}: ${'x'.repeat(10_000)}`));
    const { clicks, impressions, reasons } = summarizeLeftOut(found('rejected_event', events));
    expect([clicks, impressions]).toEqual([300, 0]);
    expect(reasons.size).toBe(20);
    for (const reason of reasons.keys()) expect(reason.length).toBeLessThanOrEqual(160);
  });
});
