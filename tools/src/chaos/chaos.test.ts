import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import type { Ledger } from '../verify/ledger';
import { chaosCommand, scenarioNames } from './chaos-command';
import { countMissing, lostRecords } from './lost-records';
import { printResult, renderReport, writeReliabilityReport } from './report';
import { type KeptResult, isRight, sumOf } from './scenario-result';
import { SCENARIOS, scenarioParts, together } from './scenarios';
import { withClock } from './traffic';

const NOTHING_WRONG = { expected: 1_000, missing: 0, extra: 0, differing: 0, repeated: 3, agrees: true };
const RESULT: KeptResult = {
  scenario: 'network',
  title: 'Broken connections',
  seed: 7,
  measuredAt: '2026-11-28T05:00:00.000Z',
  injected: { reset: 12, 'entries not written': 0 },
  requests: 345,
  effects: { 'restarts of the job': 2 },
  secondsToRecover: 4.25,
  sent: 5_000,
  lost: 0,
  read: 5_010,
  stream: NOTHING_WRONG,
  table: NOTHING_WRONG,
  commit: 'abc1234',
  machine: { cpu: 'a cpu', cores: 2, memoryGiB: 24, system: 'Linux', node: 'v22', java: '17' },
};

describe('the names of the scenarios', () => {
  it('may be several, and several together', () => {
    expect(scenarioNames('network, sink')).toEqual(['network', 'sink']);
    expect(scenarioNames('network+task-managers')).toEqual(['network+task-managers']);
  });

  it.each([
    ['netwrok', /No such scenario: netwrok\. Known: throttling, /],
    ['network+', /No such scenario/],
    ['network+bursts', /differ in faults/],
    ['silence+clocks', /differ in traffic/],
  ])('are refused when they cannot be: %s', (text, message) => {
    expect(() => scenarioNames(text)).toThrow(message);
  });

  it('are all in the help', () => {
    let help = '';
    const command = chaosCommand(new AbortController().signal).configureOutput({ writeOut: (text) => (help += text) });
    command.outputHelp();
    for (const name of Object.keys(SCENARIOS)) expect(help).toContain(name);
  });
});

it('disturbs one thing after the other, and adds up what was done', async () => {
  const [first, second] = [jest.fn(async () => ({ a: 1 })), jest.fn(async () => ({ b: 2 }))];
  const faults = { shares: { reset: 0.1 } };
  const both = together([
    { title: 'one', disturb: first, settings: { 'idle.timeout.seconds': '5' } },
    { title: 'two', disturb: second, faults },
  ]);
  expect(both).toMatchObject({ title: 'one; two', settings: { 'idle.timeout.seconds': '5' }, faults });
  expect(await both.disturb?.({} as never)).toEqual({ a: 1, b: 2 });
});

it('has only shares of faults that a proxy accepts', async () => {
  const { FaultChooser } = await import('../fault-proxy/choose-fault');
  for (const { faults } of Object.values(SCENARIOS)) if (faults) new FaultChooser({ seed: 1, ...faults });
  expect(scenarioParts('throttling')?.[0]?.faults?.shares.throttled).toBe(0.2);
});

describe('countMissing', () => {
  const words = fc.array(fc.constantFrom('a', 'b', 'c', 'd'));

  it('counts each text as often as it was sent', () => {
    expect(countMissing(['a', 'a', 'b'], ['a', 'b', 'c'])).toBe(1);
    expect(countMissing([Buffer.from('a')], ['a'])).toBe(0);
  });

  it('is the number of those that were taken away, whatever the order and whatever came besides', () => {
    fc.assert(
      fc.property(words, words, words, (kept, taken, more) => {
        const found = [...more, ...kept].reverse();
        const left = (word: string) => found.filter((other) => other === word).length;
        const sent = [...kept, ...taken];
        const expected = ['a', 'b', 'c', 'd'].reduce(
          (sum, word) => sum + Math.max(0, sent.filter((other) => other === word).length - left(word)),
          0,
        );
        expect(countMissing(sent, found)).toBe(expected);
      }),
    );
  });

  it('looks at each stream by itself', async () => {
    const record = (stream: 'impressions' | 'clicks', data: string) => ({
      stream,
      data,
      partitionKey: data,
      arrivalMs: 0,
    });
    const input = async (stream: string) => new Map([['shard', stream === 'clicks' ? [Buffer.from('x')] : []]]);
    expect(await lostRecords({ input }, [record('clicks', 'x'), record('impressions', 'x')])).toBe(1);
  });
});

describe('withClock', () => {
  it('moves the event time and nothing else', () => {
    const event = '{"event_time":"2026-11-28T05:00:00.000Z","x":"2026-11-28T05:00:00.000Z"}';
    expect(withClock(event, 600_000)).toBe('{"event_time":"2026-11-28T05:10:00.000Z","x":"2026-11-28T05:00:00.000Z"}');
  });

  it.each(['not JSON', '{"event_time":"yesterday"}', '{"event_time":"2026-99-28T05:00:00.000Z"}'])(
    'leaves %s alone',
    (text) => {
      expect(withClock(text, 1_000)).toBe(text);
    },
  );
});

describe('the report', () => {
  const type = { missing: 1, extra: 0, differing: 2, expected: 10, found: 9, pending: 0, repeated: 4 };
  const ledger = { agrees: false, types: [{ ...type }, { ...type, missing: 2 }] } as unknown as Ledger;

  it('adds up the record types', () => {
    expect(sumOf(ledger)).toEqual({ expected: 20, missing: 3, extra: 0, differing: 4, repeated: 8, agrees: false });
  });

  it('says what was injected, what it led to, and whether all is right', () => {
    const text = renderReport([RESULT, { ...RESULT, seed: 8, table: sumOf(ledger) }, { ...RESULT, seed: 9, lost: 1 }]);
    expect(text).toContain('12 reset; 345 requests came through the proxy');
    expect(text).not.toContain('0 entries not written');
    expect(text).toMatch(
      /\| `network` \| 7 \| right \| 5,000 \| 0 \| 1,000 \| 0 \| 0 \| 0 \| 1,000 \| 0 \| 0 \| 0 \| 4\.3 \|/,
    );
    expect(text).toMatch(/\| 8 \| WRONG \|.*\| 20 \| 3 \| 0 \| 4 \|/);
    expect(text).toMatch(/\| 9 \| WRONG \|/);
    expect(isRight(RESULT)).toBe(true);
    expect(printResult(RESULT).join('\n')).toContain('network, seed 7: right');
  });

  it('keeps the results of earlier calls, in the order of the scenarios, and replaces one that ran again', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'reliability '));
    const write = (result: KeptResult) =>
      writeReliabilityReport(folder, result, ['throttling', 'network'], async (_, text) => text);
    try {
      await write(RESULT);
      await write({ ...RESULT, scenario: 'network+sink' });
      await write({ ...RESULT, scenario: 'throttling', seed: 9 });
      const report = await write({ ...RESULT, sent: 6_000 });
      const rows = readFileSync(report, 'utf8')
        .split('\n')
        .filter((line) => /^\| `/.test(line));
      expect(rows.map((row) => row.split(' | ').slice(0, 4).join(' '))).toEqual([
        '| `throttling` 9 right 5,000',
        '| `network` 7 right 6,000',
        '| `network+sink` 7 right 5,000',
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
