import { renderRows } from './render-rows';

describe('renderRows', () => {
  it('aligns texts to the left and numbers to the right', () => {
    const rows = [
      { campaign: 'c1', impressions: 12345, ctr: 0.123456789 },
      { campaign: 'campaign-2', impressions: 7, ctr: null },
    ];
    expect(renderRows(rows)).toEqual([
      'campaign    impressions       ctr',
      'c1               12,345  0.123457',
      'campaign-2            7         -',
    ]);
  });

  it('says that the result has no rows', () => expect(renderRows([])).toEqual(['(no rows)']));

  it('shows lists as JSON', () => expect(renderRows([{ reasons: ['a', 'b'] }])).toEqual(['reasons', '["a","b"]']));

  it('keeps a row on its line for any text', () =>
    expect(renderRows([{ key: 'a\n\u001b[2J\u202e', n: 1 }])[1]).toBe('a\\u000a\\u001b[2J\\u202e  1'));
});
