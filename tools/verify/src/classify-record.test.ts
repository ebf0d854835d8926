import { readFileSync } from 'node:fs';
import path from 'node:path';
import { NOON, at, click, impression } from './sample-events';
import { classifyRecord } from './classify-record';

const FIXTURES = path.join(__dirname, '../../../libs/event-schemas/fixtures');
const bytes = (event: object) => Buffer.from(JSON.stringify(event));

describe.each(['impression', 'click'] as const)('classifyRecord of a %s', (source) => {
  interface Invalid {
    name: string;
    field: string;
    raw?: string;
    raw_base64?: string;
  }
  const invalid = JSON.parse(readFileSync(path.join(FIXTURES, `${source}.invalid.json`), 'utf8')) as Invalid[];
  const valid = JSON.parse(readFileSync(path.join(FIXTURES, `${source}.valid.json`), 'utf8')) as { event: object }[];

  it('rejects every invalid record of the contract and names its field', () => {
    expect(invalid.length).toBeGreaterThan(0);
    for (const { name, field, raw, raw_base64 } of invalid) {
      const data = raw_base64 === undefined ? Buffer.from(raw ?? '') : Buffer.from(raw_base64, 'base64');
      const classification = classifyRecord(source, data, undefined, 0);
      // "record": it is not an object, so the reason cannot name a field.
      const named = field === 'record' ? [] : expect.arrayContaining([field]);
      expect({ name, ...classification }).toEqual({ name, event: undefined, fields: named });
    }
  });

  it('accepts every valid one', () => {
    expect(valid.length).toBeGreaterThan(0);
    for (const { event } of valid) expect(classifyRecord(source, bytes(event), undefined, 0).event).toBeDefined();
  });
});

describe('classifyRecord', () => {
  it('compares the event time with the arrival, if that is known', () => {
    const data = bytes(impression('i', 100));
    const arrived = (seconds: number) => classifyRecord('impression', data, NOON + seconds * 1000, 60_000);
    expect(arrived(40)).toMatchObject({ t: Date.parse(at(100)) });
    expect(arrived(39.999)).toEqual({ event: undefined, fields: ['event_time'] });
    expect(classifyRecord('impression', data, undefined, 0).event).toBeDefined();
  });

  it('validates a record by the schema of its stream', () => {
    expect(classifyRecord('impression', bytes(click('k', 'i', 1)), undefined, 0).event).toBeDefined();
    expect(classifyRecord('click', bytes(impression('i', 1)), undefined, 0)).toEqual({
      event: undefined,
      fields: ['click_id'],
    });
  });
});
