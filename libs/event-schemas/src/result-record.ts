import { z } from 'zod';
import { attributedClickSchema } from './results/attributed-click';
import { attributionMetricsSchema } from './results/attribution-metrics';
import { campaignMetricsSchema } from './results/campaign-metrics';
import { fraudAlertSchema } from './results/fraud-alert';
import { lateEventSchema } from './results/late-event';
import { rejectedEventSchema } from './results/rejected-event';
import { unattributedClickSchema } from './results/unattributed-click';
import { userEngagementSchema } from './results/user-engagement';

/** The schema of each type of result record. */
export const resultSchemas = {
  attributed_click: attributedClickSchema,
  unattributed_click: unattributedClickSchema,
  campaign_metrics: campaignMetricsSchema,
  attribution_metrics: attributionMetricsSchema,
  fraud_alert: fraudAlertSchema,
  user_engagement: userEngagementSchema,
  late_event: lateEventSchema,
  rejected_event: rejectedEventSchema,
} as const;

export type RecordType = keyof typeof resultSchemas;

export const RECORD_TYPES = Object.keys(resultSchemas) as readonly RecordType[];

/** Any record of the results stream. */
export const resultRecordSchema = z.discriminatedUnion('record_type', [
  attributedClickSchema,
  unattributedClickSchema,
  campaignMetricsSchema,
  attributionMetricsSchema,
  fraudAlertSchema,
  userEngagementSchema,
  lateEventSchema,
  rejectedEventSchema,
]);

export type ResultRecord = z.infer<typeof resultRecordSchema>;

/** The result record of one type, envelope and payload. */
export type ResultOf<T extends RecordType> = z.infer<(typeof resultSchemas)[T]>;
