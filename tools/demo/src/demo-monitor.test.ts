import { sample } from '@ad-analytics/result-records/sample-results';
import { DemoMonitor } from './demo-monitor';
import { LiveResults } from './live-results';

const progress = (impression: number, duplicates?: number) => ({
  read: { impression, click: 0 },
  moved: 0,
  counts:
    duplicates === undefined
      ? undefined
      : {
          duplicates: { impression: duplicates, click: 1 },
          late: { impression: 0, click: 0 },
          rejected: { impression: 0, click: 0 },
        },
});

describe('DemoMonitor', () => {
  it('combines counters, rates and results', () => {
    const results = new LiveResults();
    results.add(Buffer.from(JSON.stringify(sample.attributedClick('k'))), 0);
    results.add(Buffer.from(JSON.stringify(sample.rejectedEvent('click', 1))), 0);
    const monitor = new DemoMonitor(results, 10_000);
    monitor.view(progress(0), 10_000, 60);
    const view = monitor.view(progress(50, 3), 15_000, 60);
    expect(view).toMatchObject({
      elapsedSeconds: 5,
      totalSeconds: 60,
      impressionsRead: 50,
      impressionsPerSecond: 10,
      duplicates: 4,
      attributed: 1,
      rejected: 1,
      late: 0,
      notices: [],
    });
  });

  it('has no count of duplicates before the job reports it', () => {
    expect(new DemoMonitor(new LiveResults(), 0).view(progress(0), 1_000, undefined).duplicates).toBeUndefined();
  });

  it('contains the latest notices, and reports invalid results', () => {
    const results = new LiveResults();
    results.add(Buffer.from('nonsense'), 0);
    const monitor = new DemoMonitor(results, 0);
    for (const notice of ['a', 'b', 'c', 'd']) monitor.notice(notice);
    expect(monitor.view(progress(0), 1_000, undefined).notices).toEqual([
      'b',
      'c',
      'd',
      '1 results do not fit the contract',
    ]);
  });
});
