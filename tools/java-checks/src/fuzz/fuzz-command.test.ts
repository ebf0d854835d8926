import { planOf } from './fuzz-command';

it.each([
  ['parser', ['EventParserFuzzTest.impressions 300', 'EventParserFuzzTest.clicks 300']],
  ['kpl-reader', ['AggregatedRecordsFuzzTest.parts 600']],
  [
    'all',
    ['EventParserFuzzTest.impressions 300', 'EventParserFuzzTest.clicks 300', 'AggregatedRecordsFuzzTest.parts 600'],
  ],
] as const)('the tests of target %s share its minutes', (target, expected) =>
  expect(planOf({ target, minutes: 10 }).map(({ test, seconds }) => `${test.name} ${seconds}`)).toEqual(expected),
);
