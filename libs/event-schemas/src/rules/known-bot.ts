import { defineRule } from './rule-definition';

/** Addresses of bots that declare themselves. */
export const knownBot = defineRule({
  folder: 'known_bot',
  alerts: ['known_bot'],
  title: 'Known bot',
  actors: ['ip'],
  window: { type: 'tumbling', setting: 'short.window.seconds' },
  // A declared bot does not hide anything.
  severity: 'low',
  accuses: ['impression', 'click'],
  evidence: { unit: 'count_without_limit', of: 'events of a declared bot' },
  settings: {},
});
