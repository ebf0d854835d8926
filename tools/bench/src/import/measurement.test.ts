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
  it('shows rates, the share of the copy by the clock and by CPU time, and the memory', () => {
    const { tables, plots } = findings(turn);
    expect(tables[0]?.rows).toEqual([['1,000,000', '500,000', '250,000', '0.50', '0.60', '3.00', '5.00', '1,024']]);
    expect(plots[0]?.series[0]?.points).toEqual([{ x: 1, y: 1024 }]);
  });

  it('says how far the turns lie apart', () =>
    expect(findings(turn, { ...turn, import: { ms: 8_000, cpuSeconds: 5 } }).tables[0]?.rows[0]).toContain(
      '0.38 (0.25 to 0.50)',
    ));

  it('says what the system does not say', () => {
    const { tables, plots } = findings(unknown);
    expect(tables[0]?.rows[0]?.filter((cell) => cell === 'not known')).toHaveLength(4);
    expect(plots).toEqual([]);
  });
});

describe('speedRatio', () => {
  it('is not known by CPU time where CPU time is not', () => expect(speedRatio(unknown, 'cpu')).toBeUndefined());
});
