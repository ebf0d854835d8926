import { type ResultRecord, resultRecordSchema } from '@ad-analytics/event-schemas';
import { ServingTable, type StoredItem, type TableReader, marshallItem, toItem } from '@ad-analytics/serving-table';
import type { Ledger } from './ledger';
import { printLedger } from './print-ledger';
import { NOON, SAMPLE_SETTINGS, at, click, impression, result, sampleInput } from './sample-events';
import { tableResults } from './table-results';
import { verifyLedger } from './verify-ledger';

// Each run creates a database, which can be slow on a busy machine.
jest.setTimeout(120_000);

const INPUTS = {
  impressions: sampleInput([{ event: impression('i1', 10, { cost_micros: 500 }) }]),
  clicks: sampleInput([{ event: click('k1', 'i1', 15) }, { event: click('k2', 'none', 16) }]),
};
const CLICK = { user_id: 'u1', campaign_id: 'c1', ad_id: 'a1', publisher_id: 'p1' };
const ATTRIBUTED = result('attributed_click', 'k1', at(15), {
  click_id: 'k1',
  impression_id: 'i1',
  ...CLICK,
  device_type: null,
  country: null,
  impression_time: at(10),
  click_time: at(15),
  time_to_click_ms: 5_000,
  cost_micros: 500,
  invalid_reasons: [],
});
const UNATTRIBUTED = result('unattributed_click', 'k2', at(16), {
  click_id: 'k2',
  impression_id: 'none',
  ...CLICK,
  click_time: at(16),
});

const item = (record: object) => toItem(resultRecordSchema.parse(record) as ResultRecord, NOON);

/** Compares the table with the expected results of the inputs. */
function check(items: readonly StoredItem[]): Promise<Ledger> {
  // One item per page, like a table with more items than fit into a response.
  const scan: TableReader['scan'] = async ({ ExclusiveStartKey: start }) => {
    const place = start === undefined ? 0 : Number(start['at']?.N);
    const next = place + 1 < items.length ? { LastEvaluatedKey: { at: { N: String(place + 1) } } } : {};
    return { $metadata: {}, Items: items.slice(place, place + 1), ...next };
  };
  const table = new ServingTable({ scan } as TableReader);
  return verifyLedger(INPUTS, tableResults(table), SAMPLE_SETTINGS, {
    types: ['attributed_click', 'unattributed_click'],
    knownBots: () => false,
  });
}
const stored = (...records: object[]) => records.map((record) => marshallItem(item(record)));
const counts = ({ types }: Ledger) =>
  types.map(({ recordType, missing, extra, differing }) => [recordType, { missing, extra, differing }]);

describe('tableResults', () => {
  it('agrees if the table contains exactly the expected results', async () => {
    const ledger = await check(stored(ATTRIBUTED, UNATTRIBUTED));
    expect(ledger).toMatchObject({ agrees: true, resultsRead: 2 });
  });

  it('reports a missing record', async () => {
    const ledger = await check(stored(UNATTRIBUTED));
    expect(ledger.agrees).toBe(false);
    expect(counts(ledger)).toEqual([
      ['attributed_click', { missing: 1, extra: 0, differing: 0 }],
      ['unattributed_click', { missing: 0, extra: 0, differing: 0 }],
    ]);
    expect(printLedger(ledger).join('\n')).toContain('missing attributed_click: {"record_id":"attributed_click:k1"');
  });

  it('reports a changed record with its field', async () => {
    const altered = structuredClone(ATTRIBUTED) as { attributed_click: { cost_micros: number } };
    altered.attributed_click.cost_micros = 501;
    const ledger = await check(stored(altered, UNATTRIBUTED));
    expect(ledger.agrees).toBe(false);
    expect(counts(ledger)[0]).toEqual(['attributed_click', { missing: 0, extra: 0, differing: 1 }]);
    expect(printLedger(ledger).join('\n')).toMatch(/attributed_click:k1: cost_micros: expected .*500.*found .*501/);
  });

  it('reports an unexpected record', async () => {
    const extra = structuredClone(UNATTRIBUTED) as { record_id: string; unattributed_click: { click_id: string } };
    extra.record_id = 'unattributed_click:k3';
    extra.unattributed_click.click_id = 'k3';
    const ledger = await check(stored(ATTRIBUTED, UNATTRIBUTED, extra));
    expect(ledger.agrees).toBe(false);
    expect(counts(ledger)[1]).toEqual(['unattributed_click', { missing: 0, extra: 1, differing: 0 }]);
    expect(printLedger(ledger).join('\n')).toContain('extra unattributed_click: {"record_id":"unattributed_click:k3"');
  });

  it('reports an item that is not a result, and continues', async () => {
    const good = item(UNATTRIBUTED);
    const broken = marshallItem({ ...good, payload: { ...good.payload, click_time: 'noon' } });
    const ledger = await check([broken, ...stored(ATTRIBUTED)]);
    expect(ledger.agrees).toBe(false);
    expect(ledger.malformed).toMatchObject({
      count: 1,
      examples: [{ problem: expect.stringContaining('click_time') }],
    });
    expect(counts(ledger)[1]).toEqual(['unattributed_click', { missing: 1, extra: 0, differing: 0 }]);
  });
});
