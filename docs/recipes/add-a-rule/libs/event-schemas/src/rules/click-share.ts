import { defineRule } from './rule-definition';

/** Addresses with more clicks than impressions would explain. */
export const clickShare = defineRule({
  folder: 'click_share',
  alerts: ['click_share'],
  title: 'More clicks than impressions',
  actors: ['ip'],
  window: { type: 'sliding', setting: 'short.window.seconds' },
  severity: 'above',
  accuses: ['click'],
  evidence: { unit: 'rate', of: 'Clicks per event' },
  settings: {
    'click.share.min.clicks': {
      type: 'count',
      default: '11',
      meaning: 'the rule ignores addresses with fewer clicks',
      readBy: 'sql',
    },
    'click.share.threshold': {
      type: 'decimal',
      default: '0.8',
      meaning: 'alert if clicks are a larger share of the events of an ip',
      readBy: 'sql',
    },
  },
});
