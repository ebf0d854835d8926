import {
  exampleOf,
  nullableFields,
  payloadOf,
  RECORD_TYPES,
  recordIdOf,
  RESULT_DEFINITIONS,
  resultRecordSchema,
} from '.';

it('has each type once', () => {
  expect(new Set(RECORD_TYPES).size).toBe(RECORD_TYPES.length);
});

describe.each(RECORD_TYPES)('the definition of %s', (type) => {
  const { recordId, serving } = RESULT_DEFINITIONS[type];
  const fields = Object.keys(payloadOf(type).shape);

  it('has an example that its schema accepts', () => {
    expect(resultRecordSchema.parse(exampleOf(type))).toEqual(exampleOf(type));
  });

  it('names fields of the payload only', () => {
    const { byTime, subject = [] } = serving;
    const byWindow = 'bucket' in byTime ? [] : [...byTime.window, ...byTime.rank.map(({ field }) => field)];
    const named = [...(recordId === 'position' ? [] : recordId), ...subject, ...byWindow];
    expect(named.filter((name) => !fields.includes(name))).toEqual([]);
  });

  it('has a window if it is found by subject, because that index is in order of windows', () => {
    expect(serving.subject === undefined || fields.includes('window_start')).toBe(true);
  });
});

it('composes the id of a result from its fields, or from the position of the input record', () => {
  const window = { window_start: '2026-11-23T10:00:00.000Z' };
  expect(recordIdOf('campaign_metrics', { dimension: 'ad', key: 'a:1', ...window })).toBe(
    'campaign_metrics:ad:2026-11-23T10:00:00.000Z:a:1',
  );
  expect(recordIdOf('late_event', {}, 'stream:shard:7')).toBe('late_event:stream:shard:7');
});

it('returns the fields that can be null', () => {
  const fields = nullableFields('attributed_click');
  expect(fields).toEqual(expect.arrayContaining(['device_type', 'country', 'cost_micros']));
  expect(fields).not.toContain('click_id');
  expect(nullableFields('late_event')).toEqual([]);
});
