import fc from 'fast-check';
import { countsProgress, progressOf, requestGroups } from './job-progress';

const names = ['duplicate', 'late', 'rejected'].flatMap((kind) => [`${kind}Impressions`, `${kind}Clicks`]);

describe('progressOf', () => {
  it('uses the output of the sources, and finds the counters in any vertex', () => {
    const progress = progressOf([
      { id: 'Source__impressions.numRecordsOut', sum: 100 },
      { id: 'Source__clicks.numRecordsOut', sum: 10 },
      { id: 'judge.numRecordsIn', sum: 110 },
      ...names.map((name, index) => ({ id: `judge.${name}`, sum: index })),
      { id: 'second.lateClicks', sum: 5 },
    ]);
    expect(progress).toEqual({
      read: { impression: 100, click: 10 },
      moved: 220,
      counts: {
        duplicates: { impression: 0, click: 1 },
        late: { impression: 2, click: 3 + 5 },
        rejected: { impression: 4, click: 5 },
      },
    });
  });

  it('has no counts while a counter is missing', () => {
    expect(progressOf(names.slice(1).map((id) => ({ id: `judge.${id}`, sum: 1 }))).counts).toBeUndefined();
  });
});

describe('countsProgress', () => {
  it.each(['0.Source__impressions.numRecordsOut', 'join.numRecordsIn', 'judge.lateClicks'])('includes %s', (id) =>
    expect(countsProgress(id)).toBe(true),
  );
  it.each(['numRecordsInPerSecond', 'join.numBytesIn', 'judge.numLateRecordsDropped'])('ignores %s', (id) =>
    expect(countsProgress(id)).toBe(false),
  );
});

describe('requestGroups', () => {
  it('keeps the order of the names, and limits the length of each request', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme-ascii' })), (list) => {
        const groups = requestGroups(list, 100);
        expect(groups.flat()).toEqual(list);
        for (const group of groups) expect(group.map(encodeURIComponent).join(',').length).toBeLessThanOrEqual(100);
      }),
    );
  });
});
