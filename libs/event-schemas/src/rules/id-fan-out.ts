import { defineRule } from './rule-definition';

/** Addresses with more users than live at one address. */
export const idFanOut = defineRule({
  folder: 'id_fan_out',
  alerts: ['id_fan_out'],
  title: 'Many users, one address',
  actors: ['ip'],
  window: { type: 'sliding', setting: 'long.window.seconds' },
  severity: 'above',
  accuses: ['impression', 'click'],
  evidence: { unit: 'count', of: 'users' },
  settings: {
    'id.fan.out.threshold': {
      type: 'count',
      default: '20',
      meaning: 'alert if an ip has more users',
      readBy: 'sql',
    },
  },
});
