import { readdirSync } from 'node:fs';
import os from 'node:os';
import fc from 'fast-check';
import { inTimeOrder } from './in-time-order';
import { type InputRecord, inputRecord } from './input-record';

async function* file(lines: readonly string[]): AsyncGenerator<InputRecord> {
  for (const [index, line] of lines.entries()) yield { ...inputRecord(Buffer.from(line)), line: index + 1 };
}

async function ordered(lines: readonly string[], bytesInMemory?: number): Promise<string[]> {
  const found: string[] = [];
  for await (const record of inTimeOrder(file(lines), bytesInMemory)) {
    // The complete record is read back from the disk.
    expect(record).toEqual({ ...inputRecord(record.data), line: expect.any(Number) as number });
    expect(lines[(record.line ?? 0) - 1]).toBe(record.data.toString());
    found.push(record.data.toString());
  }
  return found;
}

const at = (second: number, id: number | string) =>
  JSON.stringify({ impression_id: `i${id}`, event_time: `2026-11-23T10:00:${String(second).padStart(2, '0')}.000Z` });
const spills = () => readdirSync(os.tmpdir()).filter((name) => name.startsWith('ad-analytics-sort-'));

describe('inTimeOrder', () => {
  it('sorts by event time and keeps the order of the file for equal times', async () => {
    expect(await ordered([at(3, 1), at(1, 2), at(3, 3), at(1, 4)])).toEqual([at(1, 2), at(1, 4), at(3, 1), at(3, 3)]);
  });

  it('keeps a record without a time after its predecessor', async () => {
    expect(await ordered(['no event', at(3, 1), '{"event_time":"yesterday"}', at(1, 2)])).toEqual([
      'no event',
      at(1, 2),
      at(3, 1),
      '{"event_time":"yesterday"}',
    ]);
  });

  it('sorts on the disk if memory is insufficient, with the same result, and removes its files', async () => {
    const before = spills();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 9 })), async (seconds) => {
        const lines = seconds.map((second, id) => (second === 9 ? `no event ${id}` : at(second, id)));
        expect(await ordered(lines, 700)).toEqual(await ordered(lines));
      }),
      { numRuns: 30 },
    );
    expect(spills()).toEqual(before);
  });

  it('removes its files when the reader stops early', async () => {
    const before = spills();
    for await (const record of inTimeOrder(file([at(2, 1), at(1, 2), at(0, 3)]), 1)) {
      expect(record.data.toString()).toBe(at(0, 3));
      expect(spills().length).toBe(before.length + 1);
      break;
    }
    expect(spills()).toEqual(before);
  });
});
