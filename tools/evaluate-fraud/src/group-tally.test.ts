import type { Accusation } from './accusations';
import { GroupTally } from './group-tally';
import type { LabelledEvent } from './labelled-event';
import { labelledEvent } from './sample-labelled-events';

const accusation = (own: Partial<Accusation>): Accusation => ({
  rule: 'duplicate_click',
  knownAt: 0,
  actorType: 'user',
  actorId: 'user',
  ...own,
});

function scoreOf(...events: [LabelledEvent, ...Accusation[]][]) {
  const tally = new GroupTally('group');
  const byEvent = new Map(events.map(([event, ...accusations]) => [event, accusations]));
  tally.add([...byEvent.keys()], (event) => byEvent.get(event) ?? []);
  return tally.score();
}

describe('GroupTally', () => {
  it('counts events separately that are flagged only as a second click', () => {
    const own = { actor: 'double_clicker-1' };
    const score = scoreOf(
      [labelledEvent(own), accusation({})],
      [labelledEvent(own), accusation({}), accusation({ rule: 'metronome' })],
      [labelledEvent(own)],
      [labelledEvent(own)],
    );
    expect(score).toMatchObject({ events: 4, flagged: 2, flaggedOtherwise: 1, share: 0.5, shareOtherwise: 0.25 });
    expect(score).toMatchObject({ actors: 1, actorsFound: 1, actorsByRule: { duplicate_click: 1, metronome: 1 } });
  });

  it('counts ordinary visitors by user', () => {
    const score = scoreOf(
      [labelledEvent({ userId: 'a' })],
      [labelledEvent({ userId: 'b' })],
      [labelledEvent({ userId: 'b' })],
    );
    expect(score).toMatchObject({ actors: 2, actorsFound: 0, actorsByRule: {} });
  });

  it('does not count an alert on a publisher for the users who click there, except for the publisher itself', () => {
    const onPublisher = accusation({ rule: 'publisher_ctr_anomaly', actorType: 'publisher', knownAt: 60_000 });
    expect(scoreOf([labelledEvent(), onPublisher])).toMatchObject({ flagged: 1, actorsFound: 0 });
    const itself = labelledEvent({ attack: 'publisher_self_click', actor: 'publisher_self_click-1', time: 10_000 });
    expect(scoreOf([itself, onPublisher])).toMatchObject({
      actorsFound: 1,
      secondsToDetect: { p50: 50, p95: 50 },
    });
  });

  it('has no shares without events', () => expect(scoreOf()).toMatchObject({ share: null, actors: 0 }));
});
