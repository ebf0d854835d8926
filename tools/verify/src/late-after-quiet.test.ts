import {
  SAMPLE_SETTINGS,
  at,
  click,
  impression,
  result,
  sampleInput,
  sampleResults,
  withoutPositions,
} from './sample-events';
import { verifyLedger } from './verify-ledger';

// Each run creates a database, which can be slow on a busy machine.
jest.setTimeout(120_000);

const late = (place: number, id: string, seconds: number, latenessMs: number) =>
  result('late_event', `imps:s0:${place}`, at(seconds), {
    source: 'impression',
    event_id: id,
    event_time: at(seconds),
    lateness_ms: latenessMs,
  });
const unattributed = result('unattributed_click', 'k1', at(22), {
  click_id: 'k1',
  impression_id: 'i2',
  user_id: 'u1',
  campaign_id: 'c1',
  ad_id: 'a1',
  publisher_id: 'p1',
  click_time: at(22),
});

/** i2 arrives `pause` seconds after i1, with an event time in order. */
function inputs(pause: number) {
  return {
    impressions: sampleInput([
      { event: impression('i1', 20), arrived: 21 },
      { event: impression('i2', 21), arrived: 21 + pause },
    ]),
    clicks: sampleInput([{ event: click('k1', 'i2', 22), arrived: 22 }]),
  };
}
const TYPES = ['late_event', 'unattributed_click', 'attributed_click'] as const;
const RESULTS = sampleResults([late(1, 'i2', 21, 9_000), unattributed]);

describe('an event that the job reports as late although it is in order', () => {
  it('counts as late everywhere after an idle period of its shard, and the ledger reports it', async () => {
    const ledger = await verifyLedger(inputs(12), RESULTS, SAMPLE_SETTINGS, { types: TYPES });
    expect(ledger).toMatchObject({
      agrees: true,
      impressions: { read: 2, late: 1, lateAfterQuiet: 1, accepted: 1 },
    });
    expect(ledger.notes.join()).toMatch(/1 events are late according to the job, but not by the order of their shard/);
  });

  it('is an error without an idle period', async () => {
    const ledger = await verifyLedger(inputs(2), RESULTS, SAMPLE_SETTINGS, { types: TYPES });
    expect(ledger).toMatchObject({ agrees: false, impressions: { late: 0, lateAfterQuiet: 0, accepted: 2 } });
    expect(ledger.types).toMatchObject([{ extra: 1 }, { extra: 1 }, { missing: 1 }]);
  });

  it('counts as late without positions, which cannot show a pause, and the ledger says that it is unproven', async () => {
    const { impressions, clicks } = inputs(2);
    const unplaced = { impressions: withoutPositions(impressions), clicks: withoutPositions(clicks) };
    const ledger = await verifyLedger(unplaced, RESULTS, SAMPLE_SETTINGS, { types: TYPES });
    expect(ledger).toMatchObject({ agrees: true, impressions: { lateAfterQuiet: 1 } });
    expect(ledger.notes.join()).toContain('cannot be checked');
  });

  it('must be in the input', async () => {
    const results = sampleResults([late(1, 'i2', 21, 9_000), late(7, 'i9', 21, 9_000), unattributed]);
    const ledger = await verifyLedger(inputs(12), results, SAMPLE_SETTINGS, { types: TYPES });
    expect(ledger).toMatchObject({ agrees: false, impressions: { lateAfterQuiet: 1 } });
    expect(ledger.types).toMatchObject([{ extra: 1 }, {}, {}]);
  });
});
