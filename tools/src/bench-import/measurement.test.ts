import { renderImport, speedRatio } from './measurement';

const measured = {
  rows: 1_000_000,
  inputBytes: 120_000_000,
  copyMs: 2_000,
  sortedCopyMs: 3_000,
  importMs: 4_000,
  peakMemory: 1024 ** 3,
  events: 1_000_000,
};

describe('renderImport', () => {
  it('shows rates, the share of both copies, and the memory', () => {
    const text = renderImport(measured).join('\n');
    expect(text).toContain('2.0 s, 500,000 rows/s');
    expect(text).toContain('4.0 s, 250,000 rows/s: 0.50 of the speed of the copy, 0.75 of the copy by time');
    expect(text).toContain('1,024 MiB');
  });

  it('says where the memory is not known', () => {
    expect(renderImport({ ...measured, peakMemory: undefined }).at(-1)).toContain('not told by this system');
  });
});

it('is one where the import is as fast as the copy', () => expect(speedRatio({ copyMs: 5, importMs: 5 })).toBe(1));
