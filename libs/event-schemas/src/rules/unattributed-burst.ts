import { defineRule } from './rule-definition';

/** Addresses that send clicks on ads that were not shown. */
export const unattributedBurst = defineRule({
  folder: 'unattributed_burst',
  alerts: ['unattributed_burst'],
  title: 'Clicks without impression',
  actors: ['ip'],
  window: { type: 'sliding', setting: 'short.window.seconds' },
  severity: 'above',
  accuses: ['click'],
  evidence: { unit: 'count', of: 'clicks without impression' },
  settings: {
    'unattributed.burst.threshold': {
      type: 'count',
      default: '5',
      meaning: 'alert if an ip has more unattributed clicks',
      readBy: 'sql',
    },
  },
});
