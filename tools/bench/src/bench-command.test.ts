import { partArguments } from './bench-command';
import { PARTS } from './parts';

describe('partArguments', () => {
  it('uses the default sizes of the part', () => {
    expect(partArguments('graph', { report: '/r', beside: 'nothing' })).toEqual([
      'bench-graph',
      '--beside',
      'nothing',
      '--report',
      '/r',
    ]);
  });

  it.each(PARTS)('runs %s once, with small sizes', (part) => {
    const quick = partArguments(part, { report: '/r', beside: 'nothing', quick: true });
    expect(quick.length).toBeGreaterThan(5);
    expect(quick.join(' ')).toContain('--runs 1');
    expect(partArguments(part, { report: '/r', beside: '', quick: true, runs: '2' }).join(' ')).toContain('--runs 2');
  });
});
