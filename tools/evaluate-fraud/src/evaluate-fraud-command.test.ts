import { checkPlan, parsePaces, parseSeeds } from './evaluate-fraud-command';

describe('parseSeeds', () => {
  it.each([
    ['1-5', [1, 2, 3, 4, 5]],
    ['7', [7]],
    ['3, 1-2,3', [3, 1, 2]],
    ['none', []],
  ])('reads %j', (text, seeds) => expect(parseSeeds(text)).toEqual(seeds));

  it.each(['', '5-1', '1-', '-3', 'a', '1.5', '1-1000000'])('refuses %j', (text) =>
    expect(() => parseSeeds(text)).toThrow(/whole numbers/),
  );
});

describe('parsePaces', () => {
  it('reads a list, or "none"', () => {
    expect(parsePaces('0.5,0.125')).toEqual([0.5, 0.125]);
    expect(parsePaces('none')).toEqual([]);
  });

  it.each(['', '0', '1', '-0.5', 'half'])('refuses %j', (text) =>
    expect(() => parsePaces(text)).toThrow(/between 0 and 1/),
  );
});

describe('checkPlan', () => {
  it('rejects seeds that were used for tuning, and names them', () => {
    expect(() => checkPlan({ tuningSeeds: [1, 2], judgingSeeds: [2, 3] })).toThrow(/have 2 in common/);
  });

  it('rejects an empty list of seeds', () => {
    expect(() => checkPlan({ tuningSeeds: [1], judgingSeeds: [] })).toThrow(/at least one seed/);
  });

  it('accepts different seeds', () => expect(() => checkPlan({ tuningSeeds: [], judgingSeeds: [1] })).not.toThrow());
});
