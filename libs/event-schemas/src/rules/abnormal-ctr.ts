import { defineRule } from './rule-definition';

/** Users that click too many of the ads they see. */
export const abnormalCtr = defineRule({
  folder: 'abnormal_ctr',
  alerts: ['abnormal_ctr'],
  title: 'Abnormal CTR',
  actors: ['user'],
  window: { type: 'sliding', setting: 'long.window.seconds' },
  severity: 'above',
  accuses: ['impression', 'click'],
  evidence: { unit: 'rate', of: 'CTR' },
  settings: {
    'abnormal.ctr.min.impressions': {
      type: 'count',
      default: '10',
      meaning: 'the rule ignores users with fewer impressions',
      readBy: 'sql',
    },
    'abnormal.ctr.threshold': {
      type: 'decimal',
      default: '0.5',
      meaning: 'alert if a user has more clicks per impression',
      readBy: 'sql',
    },
  },
});
