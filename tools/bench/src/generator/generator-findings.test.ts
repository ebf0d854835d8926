import { findings } from './generator-findings';
import { PROGRAMS } from './programs';

describe('findings', () => {
  it('shows each program as a share of the bare loop, by the medians', () => {
    const perSecond = { 'bare loop': 20_000, 'generator: replay': 19_000, 'generator: serve': 15_000 };
    const runs = [0, 100, 200].flatMap((more) =>
      PROGRAMS.map((program) => ({
        program,
        records: 1_000,
        perSecond: perSecond[program] + more - 100,
        emulatorBusy: program === 'bare loop' ? 0.95 : undefined,
      })),
    );
    const { tables } = findings(
      { events: 1_000, seed: 1, shards: 2, runs: 3 },
      { events: 1_000, bytes: 280_000, byStream: { impressions: 970, clicks: 30 } },
      runs,
    );
    expect(tables[0]?.rows.map((row) => row.slice(3))).toEqual([
      ['20,000 (19,900 to 20,100)', '100 %', '95 (95 to 95) %'],
      ['19,000 (18,900 to 19,100)', '95 %', 'not known'],
      ['15,000 (14,900 to 15,100)', '75 %', 'not known'],
    ]);
  });
});
