import { DIMENSIONS } from '@ad-analytics/event-schemas';
import { type JobCounts, drawUpLedger, renderLedger } from './ledger';
import { ResultTally } from './result-tally';
import { sample } from './sample-results';

/** 2 impressions and 2 clicks accepted, 1 impression rejected, 1 click late; a duplicate of each. */
function results() {
  const tally = new ResultTally();
  tally.add(sample.attributedClick('a'));
  tally.add(sample.unattributedClick('b'));
  for (const dimension of DIMENSIONS) {
    tally.add(sample.campaignMetrics({ dimension, key: 'x', impressions: 2, clicks: 2 }));
  }
  tally.add(sample.rejectedEvent('impression', 1));
  tally.add(sample.lateEvent('click', 1));
  return tally;
}
const counts: JobCounts = {
  duplicates: { impression: 1, click: 1 },
  rejected: { impression: 1, click: 0 },
  late: { impression: 0, click: 1 },
};
const put = { put: { impression: 4, click: 4 }, failed: 0 };

describe('drawUpLedger', () => {
  it('balances when every record is accounted for', () => {
    const ledger = drawUpLedger(put, counts, results().summary());
    expect(ledger).toEqual({
      impression: { read: 4, rejected: 1, late: 0, duplicates: 1, accepted: 2 },
      click: { read: 4, rejected: 0, late: 1, duplicates: 1, accepted: 2 },
      attributed: 1,
      unattributed: 1,
      problems: [],
    });
    expect(renderLedger(ledger).join('\n')).toContain('4 read = 1 rejected + 0 late + 1 duplicates + 2 accepted');
  });

  it('reports a lost record', () => {
    const { problems } = drawUpLedger({ put: { impression: 5, click: 4 }, failed: 0 }, counts, results().summary());
    expect(problems).toEqual(['impressions read is 5, rejected + late + duplicates + accepted is 4']);
  });

  it('does not say "nothing lost" if a record could not be sent', () => {
    const ledger = drawUpLedger({ ...put, failed: 1 }, counts, results().summary());
    expect(ledger.problems).toEqual(['1 record could not be sent to the streams']);
    expect(renderLedger(ledger).join('\n')).not.toContain('nothing lost');
  });

  it("reports a missing late_event, by the job's own count", () => {
    const { problems } = drawUpLedger(put, { ...counts, late: { impression: 1, click: 1 } }, results().summary());
    expect(problems).toEqual(["late_event records of impressions is 0, the job's own count of them is 1"]);
  });

  it('reports a dimension whose windows lack an event', () => {
    const tally = results();
    tally.add(sample.campaignMetrics({ dimension: 'country', key: 'x', impressions: 1, clicks: 2 }));
    const { problems } = drawUpLedger(put, counts, tally.summary());
    expect(problems).toEqual([
      'impressions over the windows by country is 1, impressions over the windows by campaign is 2',
    ]);
    expect(renderLedger(drawUpLedger(put, counts, tally.summary())).at(-1)).toContain('DOES NOT AGREE');
  });
});
