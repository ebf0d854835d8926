import { witnessesAt, findInterruption } from './interruption';
import type { ClassifiedEvent } from './classified-events';

const BOUND = 5_000;

const event = (index: number, fields: Partial<ClassifiedEvent>): ClassifiedEvent => ({
  index,
  stream: 'impressions',
  shard: 'impressions 0',
  id: `e${index}`,
  impressionId: fields.id ?? `e${index}`,
  time: 0,
  late: false,
  ...fields,
});

describe('witnessesAt', () => {
  const events = [
    event(0, { id: 'i', time: 20_000 }),
    event(1, { stream: 'clicks', shard: 'clicks 0', id: 'passed', impressionId: 'x', time: 10_000 }),
    event(2, { stream: 'clicks', shard: 'clicks 0', id: 'pending', impressionId: 'x', time: 18_000 }),
    // The following events come after the interruption.
    event(3, { id: 'only the clock tells', time: 14_999, late: true }),
    event(4, { id: 'i', time: 20_000 }),
    event(5, { id: 'shown by the one before', time: 14_000, late: true }),
    event(6, { stream: 'clicks', shard: 'clicks 0', id: 'on an earlier one', impressionId: 'i', time: 21_000 }),
    event(7, { stream: 'clicks', shard: 'clicks 0', id: 'on a later one', impressionId: 'j', time: 21_000 }),
  ];

  it('counts results that depend on state from before the interruption', () => {
    expect(witnessesAt(events, 3, BOUND)).toEqual({
      lateByClock: 1,
      // The slowest shard is at 18 s: the watermark is just before 13 s.
      pendingClicks: 1,
      clicksOnEarlier: 1,
      duplicatesOfEarlier: 1,
    });
  });

  it('counts nothing at the start', () => {
    expect(witnessesAt(events, 0, BOUND)).toMatchObject({
      pendingClicks: 0,
      clicksOnEarlier: 0,
      duplicatesOfEarlier: 0,
    });
  });
});

describe('findInterruption', () => {
  it('is before a late event in the middle', () => {
    const events = [
      event(0, { time: 9_000 }),
      event(50, { late: true, time: 1_000 }),
      event(99, { late: true, time: 2_000 }),
    ];
    expect(findInterruption(events, 100, BOUND).at).toBe(50);
  });

  it('throws if the middle has no late event', () => {
    expect(() => findInterruption([event(0, {}), event(99, { late: true })], 100, BOUND)).toThrow(/lacks a late event/);
  });
});
