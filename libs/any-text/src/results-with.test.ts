import { RECORD_TYPES } from '@ad-analytics/event-schemas';
import { resultsWith } from './results-with';

it('creates results of every type, each with the identifier', () => {
  const results = resultsWith('\u{1f600}');
  expect(new Set(results.map(({ record_type }) => record_type))).toEqual(new Set(RECORD_TYPES));
  for (const result of results) expect(JSON.stringify(result)).toContain('\u{1f600}');
  expect(new Set(results.map(({ record_id }) => record_id)).size).toBe(results.length);
});
