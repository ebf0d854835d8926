import { parseResult } from './parse-result';
import { sample } from './sample-results';

const parse = (value: unknown) => parseResult(Buffer.from(JSON.stringify(value)));

describe('parseResult', () => {
  it.each([
    sample.attributedClick('k'),
    sample.unattributedClick('k'),
    sample.campaignMetrics({ dimension: 'campaign', key: 'c', impressions: 0, clicks: 1 }),
    sample.rejectedEvent('click', 7),
    sample.lateEvent('impression', 7),
  ])('reads a record of type $record_type', (record) => expect(parse(record)).toEqual({ record }));

  it('names the invalid field', () => {
    const { attributed_click: fields, ...rest } = sample.attributedClick('k');
    const problem = parse({ ...rest, attributed_click: { ...fields, time_to_click_ms: -1 } });
    expect(problem).toEqual({ problem: expect.stringContaining('attributed_click.time_to_click_ms') });
  });

  it.each(['', 'null', '7', '{}', '{"record_type":"x","record_id":"y"}'])('refuses %j', (text) => {
    expect(parseResult(Buffer.from(text))).toHaveProperty('problem');
  });
});
