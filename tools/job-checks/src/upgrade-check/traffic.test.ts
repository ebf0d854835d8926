import { recordPhases, watermarkAfter } from './traffic';

describe('the traffic of phases', () => {
  it('is the same at every call, and every phase has some', () => {
    const phases = recordPhases(3);
    expect(recordPhases(3)).toEqual(phases);
    for (const records of phases) expect(records.length).toBeGreaterThan(100);
  });

  it('has an event in every shard from the first phase on, so that its watermark is known', () => {
    const [first = [], second = []] = recordPhases(2);
    const before = watermarkAfter(first, 5);
    // The traffic of a phase is 12 s long, and the watermark 5 s behind the slowest shard.
    expect(before).toBeGreaterThan(Date.parse('2024-06-03T10:00:00.000Z'));
    expect(watermarkAfter([...first, ...second], 5)).toBeGreaterThan(before);
    expect(() => watermarkAfter(first.slice(0, 3), 5)).toThrow(/of 8 shards have an event/);
  });
});
