import fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { recordedSpan, recordedTraffic, shiftToNow } from './recorded-traffic';

const START = Date.UTC(2026, 10, 23, 10);
const event = (id: string, second: number) =>
  JSON.stringify({ impression_id: id, event_time: new Date(START + second * 1_000).toISOString() });

let folder: string;
let files: { impressions: string; clicks: string };
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'recorded traffic '));
  files = { impressions: path.join(folder, 'i.jsonl'), clicks: path.join(folder, 'c.jsonl.gz') };
  const impressions = [
    event('a', 0),
    '',
    'broken',
    event('future', 1e9),
    event('b', 10),
    event('late', 3),
    event('c', 20),
  ];
  writeFileSync(files.impressions, impressions.join('\n'));
  writeFileSync(files.clicks, gzipSync(`${event('a', 12)}\n`));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function replay(speed: number, byMs?: number) {
  const shift = byMs === undefined ? undefined : { byMs, start: Infinity };
  const found: { stream: string; data: string; arrivalMs: number }[] = [];
  for await (const { stream, data, arrivalMs } of recordedTraffic(files, speed, { shift }))
    found.push({ stream, data: Buffer.from(data as Uint8Array).toString(), arrivalMs });
  return found;
}

describe('recordedTraffic', () => {
  it('skips finished records, and begins immediately with the first one that is not finished', async () => {
    const all: { stream: string; index: number; data: string; arrivalMs: number }[] = [];
    const read = async (isDone: (stream: string, index: number) => boolean) => {
      const found: typeof all = [];
      for await (const { stream, index, data, arrivalMs } of recordedTraffic(files, 1, { isDone }))
        found.push({ stream, index, data: Buffer.from(data as Uint8Array).toString(), arrivalMs });
      return found;
    };
    all.push(...(await read(() => false)));
    const rest = await read((stream, index) => stream === 'impressions' && index < 3);
    const left = all.filter(({ stream, index }) => stream === 'clicks' || index >= 3);
    expect(rest.map(({ stream, index, data }) => [stream, index, data])).toEqual(
      left.map(({ stream, index, data }) => [stream, index, data]),
    );
    expect(left.length).toBe(all.length - 3);
    expect(rest[0]?.arrivalMs).toBe(0);
  });

  it('keeps order, pauses and bytes; a record without a time follows its predecessor', async () => {
    expect(await replay(2)).toEqual([
      { stream: 'impressions', data: event('a', 0), arrivalMs: 0 },
      { stream: 'impressions', data: 'broken', arrivalMs: 0 },
      { stream: 'impressions', data: event('future', 1e9), arrivalMs: 0 },
      { stream: 'impressions', data: event('b', 10), arrivalMs: 5_000 },
      { stream: 'impressions', data: event('late', 3), arrivalMs: 5_000 },
      { stream: 'clicks', data: event('a', 12), arrivalMs: 6_000 },
      { stream: 'impressions', data: event('c', 20), arrivalMs: 10_000 },
    ]);
  });

  it('does not pause at full speed, and shifts on request', async () => {
    const found = await replay(Infinity, 60_000);
    expect(found.map(({ arrivalMs }) => arrivalMs)).toEqual(new Array(7).fill(0));
    expect(found[3]!.data).toBe(event('b', 70));
    expect(found[1]!.data).toBe('broken');
  });

  it('finds the time span despite wrong clocks', async () => {
    const { signal } = new AbortController();
    expect(await recordedSpan(files, signal)).toEqual({ first: START, last: START + 20_000 });
    writeFileSync(files.impressions, 'x\n');
    writeFileSync(files.clicks, '');
    expect(await recordedSpan(files, signal)).toBeUndefined();
  });

  it('names the file that cannot be read, and the place', async () => {
    files = { ...files, clicks: path.join(folder, 'absent') };
    await expect(replay(1)).rejects.toThrow(/absent cannot be read after line 0: ENOENT/);
  });
});

describe('shiftToNow', () => {
  it('moves the times so that the newest event is sent at its time', () => {
    const speeds = fc.oneof(fc.double({ min: 0.01, max: 1_000, noNaN: true }), fc.constant(Infinity));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), speeds, fc.nat(1e9), (length, speed, now) => {
        const { byMs } = shiftToNow({ first: 5_000, last: 5_000 + length }, speed, now);
        const ahead = [0, length / 2, length].map((offset) => 5_000 + offset + byMs - (now + offset / speed));
        expect(Math.max(...ahead)).toBeLessThanOrEqual(0.001);
        expect(Math.max(...ahead)).toBeGreaterThanOrEqual(-1);
      }),
    );
  });
});

/**
 * Everything that a replay with --shift-to-now sends, with the time by which each event is ahead of its sending, in
 * milliseconds.
 */
async function replayedNow(speed: number) {
  const now = Date.UTC(2027, 0, 1);
  const span = await recordedSpan(files, new AbortController().signal);
  if (span === undefined) throw new Error('no span');
  const found: { id: string; lead: number; arrivalMs: number; heldBack: boolean }[] = [];
  for await (const { data, arrivalMs, heldBack } of recordedTraffic(files, speed, {
    shift: shiftToNow(span, speed, now),
  })) {
    const { impression_id: id, event_time } = JSON.parse(Buffer.from(data as Uint8Array).toString()) as Record<
      'impression_id' | 'event_time',
      string
    >;
    found.push({ id, lead: Date.parse(event_time) - (now + arrivalMs), arrivalMs, heldBack });
  }
  return found;
}

describe('a replay that is moved to now', () => {
  const honest = Array.from({ length: 60 }, (_, i) => event(`i${i}`, i * 10));
  const late = event('late', -10);
  const zero = JSON.stringify({ impression_id: 'zero', event_time: '1970-01-01T00:00:00.000Z' });
  const future = event('future', 1e9);

  describe.each([1, 10, Infinity])('at speed %d', (speed) => {
    it.each([
      ['a record flushed ten minutes late, at the end', [...honest, late]],
      ['a late record in the middle', honest.toSpliced(30, 0, late)],
      ['a zero date at the start', [zero, ...honest]],
      ['a zero date in the middle', honest.toSpliced(30, 0, zero)],
      ['a zero date at the end', [...honest, zero]],
      ['a date of the far future at the start', [future, ...honest]],
      ['a date of the far future in the middle', honest.toSpliced(30, 0, future)],
      ['a date of the far future at the end', [...honest, future]],
    ])('sends each honest event at its place, with %s', async (_, lines) => {
      writeFileSync(files.impressions, lines.join('\n'));
      writeFileSync(files.clicks, '');
      const sent = await replayedNow(speed);
      expect(sent).toHaveLength(61);
      expect(sent.filter(({ lead }) => lead > 0.001)).toEqual([]);
      const good = sent.filter(({ id }) => id.startsWith('i'));
      expect(good.map(({ id }) => id)).toEqual(
        honest.map((line) => (JSON.parse(line) as { impression_id: string }).impression_id),
      );
      good.forEach(({ arrivalMs, heldBack }, i) =>
        expect([arrivalMs, heldBack]).toEqual([(i * 10_000) / speed, false]),
      );
      // The latest possible times: the first or the last event happens when it is sent.
      expect(Math.max(...good.map(({ lead }) => lead))).toBeGreaterThan(-1.001);
    });
  });

  it('never sends an event ahead of its time, whatever the files contain', async () => {
    const second = fc.oneof(
      fc.integer({ min: 0, max: 600 }),
      fc.integer({ min: -4_000, max: 4_000 }),
      fc.integer({ min: -START / 1_000, max: 1e9 }),
    );
    const lines = fc.array(second, { maxLength: 50 });
    const speeds = fc.constantFrom(0.5, 1, 10, Infinity);
    await fc.assert(
      fc.asyncProperty(fc.array(second, { minLength: 1, maxLength: 50 }), lines, speeds, async (one, two, speed) => {
        writeFileSync(files.impressions, one.map((time, i) => event(`i${i}`, time)).join('\n'));
        writeFileSync(files.clicks, two.map((time, i) => event(`k${i}`, time)).join('\n'));
        const sent = await replayedNow(speed);
        expect(sent).toHaveLength(one.length + two.length);
        expect(sent.filter(({ lead }) => lead > 1_000)).toEqual([]);
      }),
    );
  });

  it('skips lines that are blank or a lone carriage return', async () => {
    writeFileSync(files.impressions, `${event('a', 0)}\r\n\r\n \t\n${event('b', 1)}\r\n`);
    writeFileSync(files.clicks, '\r\n');
    expect((await replayedNow(1)).map(({ id }) => id)).toEqual(['a', 'b']);
  });
});
