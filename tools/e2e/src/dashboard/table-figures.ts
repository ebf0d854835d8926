import type { ResultRecord } from '@ad-analytics/event-schemas';

/** Totals of one campaign or of all campaigns. Clicks count at the time of the click. */
export interface CampaignFigures {
  impressions: number;
  clicks: number;
  attributed: number;
  valid: number;
  unattributed: number;
  costMicros: number;
  /** Impressions and valid clicks of the final windows. */
  settledImpressions: number;
  settledValid: number;
}

/** Totals of the records in a serving table. */
export interface TableFigures {
  readonly total: CampaignFigures;
  readonly byCampaign: ReadonlyMap<string, CampaignFigures>;
  readonly late: Record<'impression' | 'click', number>;
  readonly rejected: Record<'impression' | 'click', number>;
  readonly alerts: number;
  /** Actors that violate a rule. */
  readonly incidents: number;
  /** Users with a score, by the start of the window. */
  readonly engagedUsers: ReadonlyMap<string, number>;
}

const none = (): CampaignFigures => ({
  impressions: 0,
  clicks: 0,
  attributed: 0,
  valid: 0,
  unattributed: 0,
  costMicros: 0,
  settledImpressions: 0,
  settledValid: 0,
});

/**
 * Adds up what is in a serving table, without any of the dashboard's code.
 * @param records everything in the table
 */
export async function tableFigures(
  records: AsyncIterable<ResultRecord> | Iterable<ResultRecord>,
): Promise<TableFigures> {
  const total = none();
  const byCampaign = new Map<string, CampaignFigures>();
  const late = { impression: 0, click: 0 };
  const rejected = { impression: 0, click: 0 };
  const incidents = new Set<string>();
  const engagedUsers = new Map<string, number>();
  let alerts = 0;
  const add = (campaign: string, figures: Partial<CampaignFigures>) => {
    const own = byCampaign.get(campaign) ?? none();
    byCampaign.set(campaign, own);
    for (const [name, value] of Object.entries(figures) as [keyof CampaignFigures, number][]) {
      total[name] += value;
      own[name] += value;
    }
  };
  for await (const record of records) {
    switch (record.record_type) {
      case 'campaign_metrics': {
        const { dimension, key, impressions, clicks, cost_micros: costMicros } = record.campaign_metrics;
        if (dimension === 'campaign') add(key, { impressions, clicks, costMicros });
        break;
      }
      case 'attribution_metrics': {
        const { campaign_id, impressions, valid_clicks } = record.attribution_metrics;
        add(campaign_id, { settledImpressions: impressions, settledValid: valid_clicks });
        break;
      }
      case 'attributed_click': {
        const { campaign_id, invalid_reasons } = record.attributed_click;
        add(campaign_id, { attributed: 1, valid: invalid_reasons.length === 0 ? 1 : 0 });
        break;
      }
      case 'unattributed_click':
        add(record.unattributed_click.campaign_id, { unattributed: 1 });
        break;
      case 'late_event':
        late[record.late_event.source] += 1;
        break;
      case 'rejected_event':
        rejected[record.rejected_event.source] += 1;
        break;
      case 'fraud_alert': {
        const { rule, actor_type, actor_id } = record.fraud_alert;
        alerts += 1;
        incidents.add(JSON.stringify([rule, actor_type, actor_id]));
        break;
      }
      case 'user_engagement': {
        const { window_start } = record.user_engagement;
        engagedUsers.set(window_start, (engagedUsers.get(window_start) ?? 0) + 1);
        break;
      }
    }
  }
  return { total, byCampaign, late, rejected, alerts, incidents: incidents.size, engagedUsers };
}
