import { ResultTally, parseResult } from './result-tally';

const result = (record_type: string, record_id: string, payload: object = {}) => ({
  record_type,
  record_id,
  schema_version: 1,
  [record_type]: payload,
});

describe('ResultTally', () => {
  it('counts every result once, however often it comes', () => {
    const tally = new ResultTally();
    expect(tally.add(result('attributed_click', 'a'))).toBe(true);
    expect(tally.add(result('attributed_click', 'a'))).toBe(false);
    tally.add(result('unattributed_click', 'b'));
    expect(tally.summary()).toMatchObject({
      records: 3,
      repeated: 1,
      byType: { attributed_click: 1, unattributed_click: 1 },
      click: { accepted: 2 },
    });
  });

  it('takes impressions from one dimension only, and the latest value of a window', () => {
    const tally = new ResultTally();
    const window = (id: string, dimension: string, impressions: number) =>
      tally.add(result('campaign_metrics', id, { dimension, impressions, clicks: 0 }));
    window('campaign|x|1', 'campaign', 3);
    window('campaign|y|1', 'campaign', 4);
    window('device|z|1', 'device_type', 7);
    window('campaign|x|1', 'campaign', 5);
    expect(tally.summary().impression.accepted).toBe(9);
  });

  it('keeps rejected and late ones apart by their stream', () => {
    const tally = new ResultTally();
    tally.add(result('rejected_event', 'r1', { source: 'impression' }));
    tally.add(result('rejected_event', 'r1', { source: 'impression' }));
    tally.add(result('late_event', 'l1', { source: 'click' }));
    expect(tally.summary()).toMatchObject({
      impression: { rejected: 1, late: 0 },
      click: { rejected: 0, late: 1 },
    });
  });
});

describe('parseResult', () => {
  const parse = (text: string) => parseResult(Buffer.from(text));

  it('reads a result', () => expect(parse(JSON.stringify(result('x', 'y')))).toMatchObject({ record_id: 'y' }));
  it.each(['', 'null', '7', '{}', '{"record_type":"x"}', '{"record_type":"x","record_id":1}'])('refuses %j', (text) => {
    expect(parse(text)).toBeUndefined();
  });
});
