import type { Comparison } from './compare-results';
import { printComparison } from './print-comparison';

const comparison: Comparison = {
  types: new Map([
    ['attributed_click', { same: 1_234, differing: 0, onlyFirst: 5, onlySecond: 0 }],
    ['fraud_alert', { same: 0, differing: 0, onlyFirst: 0, onlySecond: 0 }],
  ]),
  malformed: [0, 2],
  examples: ['only in the first: attributed_click:c1'],
};

describe('printComparison', () => {
  it('has a row for each record type that there is, what is malformed, and examples', () => {
    expect(printComparison(comparison)).toEqual([
      'record type        same  differing  only in the first  only in the second',
      'attributed_click  1,234          0                  5                   0',
      'records that do not fit the contract: 0 in the first, 2 in the second',
      '  only in the first: attributed_click:c1',
    ]);
  });
});
