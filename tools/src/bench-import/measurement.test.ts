import { renderImport, speedRatio } from './measurement';

const measured = {
  rows: 1_000_000,
  inputBytes: 120_000_000,
  copy: { ms: 2_000, cpuSeconds: 3 },
  sortedCopy: { ms: 3_000, cpuSeconds: 4 },
  import: { ms: 4_000, cpuSeconds: 5 },
  peakMemory: 1024 ** 3,
  events: 1_000_000,
};

describe('renderImport', () => {
  it('shows rates, the share of both copies, and the memory', () => {
    const text = renderImport(measured).join('\n');
    expect(text).toContain('2.0 s, 500,000 rows/s, CPU time 3.0 s');
    expect(text).toContain('Beside the copy           0.50 of its speed, 0.60 by CPU time');
    expect(text).toContain('Beside the copy by time   0.75 of its speed, 0.80 by CPU time');
    expect(text).toContain('1,024 MiB');
  });

  it('says where the memory is not known', () => {
    expect(renderImport({ ...measured, peakMemory: undefined }).at(-1)).toContain('not told by this system');
  });
});

describe('speedRatio', () => {
  it('leaves CPU time out where it is not known', () =>
    expect(speedRatio({ ms: 5, cpuSeconds: undefined }, { ms: 5, cpuSeconds: 1 })).toBe('1.00 of its speed'));
});
