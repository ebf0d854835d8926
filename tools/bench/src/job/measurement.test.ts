import { renderMeasurement } from './measurement';
import { peakMemory } from '../process-memory';

describe('renderMeasurement', () => {
  const measured = {
    events: 3_000,
    eventsByShard: { impression: [2_000, 700], click: [200, 100] },
    results: 9_000,
    readMs: 1_500,
    drainMs: 700,
    cpuSeconds: 0.6,
    peakMemory: 1024 * 1024 * 1500,
  };

  it('shows the rate, the CPU time per event and the memory', () => {
    expect(renderMeasurement(measured)).toEqual([
      'Events               3,000, which led to 9,000 results',
      'Impressions by shard 2,000, 700',
      'Clicks by shard      200, 100',
      'Reading them all     1.5 s, 2,000 events/s',
      'Closing all windows  0.7 s',
      'CPU time             0.6 s, 200 µs an event',
      'Peak memory          1,500 MiB',
    ]);
  });

  it('shows that the memory is unknown', () => {
    expect(renderMeasurement({ ...measured, peakMemory: undefined }).at(-1)).toMatch(/not reported/);
  });
});

describe('peakMemory', () => {
  it('is in bytes', () => {
    expect(peakMemory(12, (file) => (file === '/proc/12/status' ? 'Name: java\nVmHWM:\t    2048 kB\n' : ''))).toBe(
      2_097_152,
    );
  });

  it('is undefined if the system does not provide it', () => {
    const missing = () => {
      throw new Error('ENOENT');
    };
    expect(peakMemory(12, missing)).toBeUndefined();
    expect(peakMemory(12, () => 'Name: java\n')).toBeUndefined();
  });
});
