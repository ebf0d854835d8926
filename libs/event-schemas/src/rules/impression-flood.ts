import { defineRule } from './rule-definition';

/** Addresses and users with more impressions than a person can see. */
export const impressionFlood = defineRule({
  folder: 'impression_flood',
  alerts: ['impression_flood'],
  title: 'Impression flood',
  actors: ['ip', 'user'],
  window: { type: 'sliding', setting: 'short.window.seconds' },
  severity: 'above',
  accuses: ['impression'],
  evidence: { unit: 'count', of: 'impressions' },
  settings: {
    'impression.flood.ip.threshold': {
      type: 'count',
      default: '300',
      meaning: 'alert if an ip has more impressions',
      readBy: 'sql',
    },
    'impression.flood.user.threshold': {
      type: 'count',
      default: '120',
      meaning: 'alert if a user has more impressions',
      readBy: 'sql',
    },
  },
});
