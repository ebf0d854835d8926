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

async function replay(speed: number, shiftMs = 0) {
  const found: { stream: string; data: string; arrivalMs: number }[] = [];
  for await (const { stream, data, arrivalMs } of recordedTraffic(files, speed, shiftMs))
    found.push({ stream, data: Buffer.from(data as Uint8Array).toString(), arrivalMs });
  return found;
}

describe('recordedTraffic', () => {
  it('keeps order, pauses and bytes; what has no time follows its predecessor', async () => {
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

  it('makes no pauses at full speed, and shifts when asked to', async () => {
    const found = await replay(Infinity, 60_000);
    expect(found.map(({ arrivalMs }) => arrivalMs)).toEqual(new Array(7).fill(0));
    expect(found[3]!.data).toBe(event('b', 70));
    expect(found[1]!.data).toBe('broken');
  });

  it('knows the span, whatever a wrong clock says', async () => {
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
  it('puts no event ahead of its sending at any speed, and the newest at it', () => {
    const speeds = fc.oneof(fc.double({ min: 0.01, max: 1_000, noNaN: true }), fc.constant(Infinity));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), speeds, fc.nat(1e9), (length, speed, now) => {
        const shift = shiftToNow({ first: 5_000, last: 5_000 + length }, speed, now);
        const ahead = [0, length / 2, length].map((offset) => 5_000 + offset + shift - (now + offset / speed));
        expect(Math.max(...ahead)).toBeLessThanOrEqual(1);
        expect(Math.max(...ahead)).toBeGreaterThanOrEqual(-1);
      }),
    );
  });
});
