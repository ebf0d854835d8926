import { SETTINGS } from './fake-function';
import { checkedSettings } from './mapping-settings';

it('accepts the values that AWS accepts', () => {
  const most = {
    ...SETTINGS,
    batchSize: 10_000,
    maximumBatchingWindowInSeconds: 300,
    maximumRecordAgeInSeconds: 604_800,
  };
  expect(checkedSettings(most)).toEqual(most);
});

it.each([
  ['batchSize', 10_001],
  ['batchSize', 1.5],
  ['maximumBatchingWindowInSeconds', 301],
  ['maximumRetryAttempts', -2],
  ['maximumRecordAgeInSeconds', 59],
])('rejects the values that AWS rejects: %s %d', (name, value) => {
  expect(() => checkedSettings({ ...SETTINGS, [name]: value })).toThrow(name);
});
