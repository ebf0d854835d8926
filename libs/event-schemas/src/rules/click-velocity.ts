import { defineRule } from './rule-definition';

/** Addresses and users that click faster than a person. */
export const clickVelocity = defineRule({
  folder: 'click_velocity',
  alerts: ['click_velocity_ip', 'click_velocity_user'],
  title: 'Click velocity',
  actors: ['ip', 'user'],
  window: { type: 'sliding', setting: 'short.window.seconds' },
  severity: 'above',
  accuses: ['click'],
  evidence: { unit: 'count', of: 'clicks' },
  settings: {
    'click.velocity.threshold': {
      type: 'count',
      default: '10',
      meaning: 'alert if an ip or a user has more clicks',
      readBy: 'sql',
    },
  },
});
