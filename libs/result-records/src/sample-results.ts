import { exampleOf, type ResultOf, type Source } from '@ad-analytics/event-schemas';

const TIME = '2026-11-23T10:00:00.000Z';
const envelope = { schema_version: 1, event_time: TIME } as const;
const ids = { user_id: 'u', campaign_id: 'c', ad_id: 'a', publisher_id: 'p' };

/** Valid result records for tests; only the given fields matter. */
export const sample = {
  attributedClick(click_id: string, campaign_id = 'c'): ResultOf<'attributed_click'> {
    return {
      ...envelope,
      record_type: 'attributed_click',
      record_id: `attributed_click:${click_id}`,
      attributed_click: {
        ...exampleOf('attributed_click').attributed_click,
        ...ids,
        click_id,
        campaign_id,
        impression_id: 'i',
        device_type: null,
        country: null,
        impression_time: TIME,
        click_time: TIME,
        time_to_click_ms: 0,
        cost_micros: null,
        invalid_reasons: [],
      },
    };
  },

  unattributedClick(click_id: string): ResultOf<'unattributed_click'> {
    return {
      ...envelope,
      record_type: 'unattributed_click',
      record_id: `unattributed_click:${click_id}`,
      unattributed_click: { ...ids, click_id, impression_id: 'i', click_time: TIME },
    };
  },

  /** @param minute of the window's start */
  campaignMetrics(
    fields: Pick<ResultOf<'campaign_metrics'>['campaign_metrics'], 'dimension' | 'key' | 'impressions' | 'clicks'>,
    minute = 0,
  ): ResultOf<'campaign_metrics'> {
    const start = new Date(Date.parse(TIME) + minute * 60_000).toISOString();
    const end = new Date(Date.parse(TIME) + (minute + 1) * 60_000).toISOString();
    return {
      schema_version: 1,
      event_time: end,
      record_type: 'campaign_metrics',
      record_id: `campaign_metrics:${fields.dimension}:${start}:${fields.key}`,
      campaign_metrics: {
        ...fields,
        window_start: start,
        window_end: end,
        ctr: fields.impressions === 0 ? null : fields.clicks / fields.impressions,
        cost_micros: 0,
        unique_users: 1,
      },
    };
  },

  rejectedEvent(source: Source, sequence: number): ResultOf<'rejected_event'> {
    return {
      ...envelope,
      record_type: 'rejected_event',
      record_id: `rejected_event:stream:shard:${sequence}`,
      rejected_event: { source, reason: 'JSON: no value', raw: '', raw_length: 0 },
    };
  },

  lateEvent(source: Source, sequence: number): ResultOf<'late_event'> {
    return {
      ...envelope,
      record_type: 'late_event',
      record_id: `late_event:stream:shard:${sequence}`,
      late_event: { source, event_id: 'e', event_time: TIME, lateness_ms: 5_001 },
    };
  },
};
