import { Timeline } from './timeline';

describe('Timeline', () => {
  it('runs due actions in the order of time, then of scheduling, and none at or after the end', () => {
    const timeline = new Timeline();
    const ran: string[] = [];
    const note = (name: string) => () => ran.push(`${name}@${timeline.now}`);
    timeline.schedule(5, note('late'));
    timeline.schedule(2, note('first'));
    timeline.schedule(2, () => {
      note('second')();
      timeline.schedule(2, note('third'));
    });
    timeline.schedule(10, note('never'));
    while (timeline.step(10));
    expect(ran).toEqual(['first@2', 'second@2', 'third@2', 'late@5']);
  });

  it.each([1, NaN])('rejects the past and invalid times (%p)', (at) => {
    const timeline = new Timeline();
    timeline.schedule(2, () => {});
    timeline.step(Infinity);
    expect(() => timeline.schedule(at, () => {})).toThrow(RangeError);
  });
});
