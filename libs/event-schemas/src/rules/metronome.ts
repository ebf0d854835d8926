import { defineRule } from './rule-definition';

/** Addresses and users whose clicks are evenly spaced. */
export const metronome = defineRule({
  folder: 'metronome',
  alerts: ['metronome'],
  title: 'Metronome clicks',
  actors: ['ip', 'user'],
  window: { type: 'sliding', setting: 'long.window.seconds' },
  severity: 'below',
  accuses: ['click'],
  evidence: { unit: 'variation', of: 'gaps between clicks' },
  settings: {
    'metronome.min.clicks': {
      type: 'count',
      default: '6',
      // Two clicks have one gap.
      least: 2,
      meaning: 'the rule ignores actors with fewer clicks',
      readBy: 'sql',
    },
    'metronome.variation.threshold': {
      type: 'decimal',
      default: '0.1',
      meaning: 'alert if standard deviation / mean of the gaps between clicks is less',
      readBy: 'sql',
    },
  },
});
