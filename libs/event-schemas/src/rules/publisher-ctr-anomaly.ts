import { defineRule } from './rule-definition';

/** Limits the size of the rule's state for each publisher. */
const MAX_TRAILING_WINDOWS = 1000;

/** Publishers whose click-through rate jumps above their past. */
export const publisherCtrAnomaly = defineRule({
  folder: 'publisher_ctr_anomaly',
  alerts: ['publisher_ctr_anomaly'],
  title: 'Publisher CTR anomaly',
  actors: ['publisher'],
  window: { type: 'tumbling', setting: 'metrics.window.seconds' },
  severity: 'above',
  // Honest people see the impressions of a dishonest publisher, so only its clicks are accused.
  accuses: ['click'],
  evidence: { unit: 'deviations', of: 'CTR' },
  settings: {
    'publisher.ctr.z.threshold': {
      type: 'decimal',
      default: '3',
      meaning: 'alert if the rate is at least this many standard deviations above the past',
      readBy: 'sql',
    },
    'publisher.ctr.min.impressions': {
      type: 'count',
      default: '100',
      meaning: 'the rule ignores windows with fewer impressions',
      readBy: 'operators',
    },
    'publisher.ctr.trailing.windows': {
      type: 'count',
      default: '24',
      greatest: MAX_TRAILING_WINDOWS,
      meaning: 'maximum number of windows in the past of a publisher',
      readBy: 'operators',
    },
    'publisher.ctr.min.windows': {
      type: 'count',
      default: '6',
      greatest: MAX_TRAILING_WINDOWS,
      atMost: 'publisher.ctr.trailing.windows',
      meaning: 'minimum number of windows in the past of a publisher',
      readBy: 'sql',
    },
  },
});
