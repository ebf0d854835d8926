import { skewed } from './skew';

const impression = (id: number) => ({
  partitionKey: `impression-${id}`,
  data: JSON.stringify({ impression_id: `impression-${id}`, campaign_id: 'campaign-07', country: 'DE' }),
});

describe('skewed', () => {
  it('gives the value to the share of the records, the same ones at every call', () => {
    const records = Array.from({ length: 2_000 }, (_, id) => impression(id));
    const skew = { share: 0.9, values: { campaign_id: 'hot', country: 'US' } };
    const changed = records.map((record) => skewed(record, skew));
    const hot = changed.filter(({ data }) => JSON.parse(data).campaign_id === 'hot');
    expect(hot.length / records.length).toBeCloseTo(0.9, 1);
    expect(hot.every(({ data }) => JSON.parse(data).country === 'US')).toBe(true);
    expect(records.map((record) => skewed(record, skew))).toEqual(changed);
  });

  it('leaves bytes alone', () => {
    const record = { partitionKey: 'a', data: new Uint8Array([1, 2]) };
    expect(skewed(record, { share: 1, values: { country: 'US' } })).toBe(record);
  });
});
