import { type Turn, importFindings, speedRatio } from './measurement';

const turn: Turn = {
  copy: { ms: 2_000, cpuSeconds: 3 },
  import: { ms: 4_000, cpuSeconds: 5 },
  peakMemory: 1024 ** 3,
  memory: [{ seconds: 1, bytes: 1024 ** 3 }],
  events: 1_000_000,
};
const unknown: Turn = {
  ...turn,
  copy: { ms: 1, cpuSeconds: undefined },
  import: { ms: 1, cpuSeconds: undefined },
  peakMemory: undefined,
  memory: [],
};
const findings = (...turns: Turn[]) => importFindings([{ rows: 1_000_000, inputBytes: 1, turns }], {});

describe('importFindings', () => {
  it('shows rates, the speed relative to the copy by wall-clock time and by CPU time, and the memory', () => {
    const { tables, plots } = findings(turn);
    expect(tables[0]?.rows).toEqual([['1,000,000', '500,000', '250,000', '0.50', '0.60', '3.00', '5.00', '1,024']]);
    expect(plots[0]?.series[0]?.points).toEqual([{ x: 1, y: 1024 }]);
  });

  it('shows the range of the turns', () =>
    expect(findings(turn, { ...turn, import: { ms: 8_000, cpuSeconds: 5 } }).tables[0]?.rows[0]).toContain(
      '0.38 (0.25 to 0.50)',
    ));

  it('names the values that the system does not provide', () => {
    const { tables, plots } = findings(unknown);
    expect(tables[0]?.rows[0]?.filter((cell) => cell === 'not known')).toHaveLength(4);
    expect(plots).toEqual([]);
  });
});

describe('speedRatio', () => {
  it('has no share of CPU time if the CPU time is unknown', () => expect(speedRatio(unknown, 'cpu')).toBeUndefined());
});
