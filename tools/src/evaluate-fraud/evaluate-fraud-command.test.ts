import { checkPlan, parseSeeds } from './evaluate-fraud-command';

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

describe('checkPlan', () => {
  it('refuses to judge on seeds that were used for tuning, naming them', () => {
    expect(() => checkPlan({ tuningSeeds: [1, 2], judgingSeeds: [2, 3] })).toThrow(/have 2 in common/);
  });

  it('refuses to judge on nothing', () => {
    expect(() => checkPlan({ tuningSeeds: [1], judgingSeeds: [] })).toThrow(/no seed/);
  });

  it('takes seeds apart', () => expect(() => checkPlan({ tuningSeeds: [], judgingSeeds: [1] })).not.toThrow());
});
