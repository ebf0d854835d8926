import { evaluate } from './evaluate';
import { acceptedEvents } from './labelled-event';
import { plot, secondTicks } from './plot';
import { report } from './report';
import { writtenChanges } from './report-changes';
import type { SeedTraffic } from './seed-traffic';

const { signal } = new AbortController();

/** @returns figures of a run in which no rule finds anything */
function nothingFound(tuningSeeds: number[]) {
  const plan = { tuningSeeds, judgingSeeds: [2], rate: 2, minutes: 1, paces: [0.5] };
  const engine = (traffic: readonly SeedTraffic[]) => {
    const accepted = { impression: 0, click: 0 };
    for (const one of traffic) for (const { kind } of acceptedEvents(one.emissions())) accepted[kind] += 1;
    const none = { alerts: [], reasons: new Map<string, never[]>() };
    return Promise.resolve({
      settings: [{ PropertyGroupId: 'Fraud', PropertyMap: { 'too.fast.click.millis': '444' } }],
      accepted,
      findings: new Map(traffic.map(({ seed }) => [seed, none])),
      notes: ['A thing to know.'],
    });
  };
  return evaluate(plan, { usual: engine, slower: engine }, signal);
}

describe('report', () => {
  it('reports missed aims, and the settings of the run', async () => {
    const text = report(await nothingFound([]), { engine: 'oracle', plot: 'picture.svg', changes: '- One thing.' });
    expect(text).toContain('recall of 0.90 by events: 0.000, **missed**');
    expect(text).toContain('precision of 0.95 by events: -, **missed**');
    expect(text).toContain('These figures are optimistic');
    expect(text).toContain('| `too.fast.click.millis` | 444 |');
    expect(text).toContain('- A thing to know.');
    expect(text).toContain(
      '--engine oracle --tuning-seeds none --seeds 2 --rate 2 --minutes 1 --paces 0.5 --no-list-alone',
    );
    expect(text).toContain('](picture.svg)');
    expect(text).toMatch(/## Exceptions to the list of known bots\n\nNot computed in this run/);
    expect(writtenChanges(text)).toBe('- One thing.');
    expect(text).not.toMatch(/undefined|NaN|Infinity/);
  });

  it('is the same for the same run', async () => {
    const [first, second] = await Promise.all([nothingFound([1]), nothingFound([1])]);
    const options = { engine: 'job', plot: 'picture.svg', changes: '' };
    expect(report(first, options)).toBe(report(second, options));
    expect(plot(first.judging)).toBe(plot(second.judging));
  });
});

describe('writtenChanges', () => {
  it('is empty in a report without the section', () => expect(writtenChanges('# A report')).toBe(''));
});

describe('plot', () => {
  it('draws defined values, and labels attacks that were not found', async () => {
    const { judging } = await nothingFound([]);
    const picture = plot(judging);
    expect(picture).toContain('not found');
    expect(picture).not.toMatch(/undefined|NaN|Infinity|null/);
    // All recalls are 0 or undefined, and all precisions are undefined: only the mark of the legend remains.
    expect(picture.match(/<circle/g)).toHaveLength(1);
  });

  it.each([
    [0, [0, 5]],
    [12, [0, 5, 10, 15]],
    [59, [0, 10, 20, 30, 40, 50, 60]],
    [146, [0, 30, 60, 90, 120, 150]],
    [6_000, [0, 1_000, 2_000, 3_000, 4_000, 5_000, 6_000]],
  ])('has round ticks up to %d s', (greatest, ticks) => expect(secondTicks(greatest)).toEqual(ticks));
});
