import fc from 'fast-check';
import { shardOfKey } from '@ad-analytics/local-stack/kinesis/shard-of-key';
import { chaosCommand, scenarioNames } from './chaos-command';
import { allowedCopies, isOneLine } from './generator';
import { countMissing, lostRecords } from './lost-records';
import { SCENARIOS, SHORT_SCENARIO } from './scenarios';
import { keyInOpenShard } from '@ad-analytics/local-stack/kinesis/shards';
import { scenarioParts } from './together';
import { clockSkewMs, unreadShards, withTime } from './traffic';

describe('the names of the scenarios', () => {
  it('can be a list, and + combines scenarios', () => {
    expect(scenarioNames('network, sink')).toEqual(['network', 'sink']);
    expect(scenarioNames('network+task-managers')).toEqual(['network+task-managers']);
  });

  it.each([
    ['netwrok', /No such scenario: netwrok\. Known: throttling, /],
    ['network+', /No such scenario/],
    ['network+bursts', /differ in faults/],
    ['silence+clocks', /differ in traffic/],
    ['silence+shards', /differ in idle\.timeout\.seconds/],
    ['sink+sink', /named twice/],
  ])('are refused if they are unknown or cannot be combined: %s', (text, message) => {
    expect(() => scenarioNames(text)).toThrow(message);
  });

  it('are all in the help', () => {
    let help = '';
    const command = chaosCommand(new AbortController().signal).configureOutput({ writeOut: (text) => (help += text) });
    command.outputHelp();
    for (const name of Object.keys(SCENARIOS)) expect(help).toContain(name);
  });
});

it('has only shares of faults that a proxy accepts', async () => {
  const { FaultChooser } = await import('@ad-analytics/fault-proxy/choose-fault');
  for (const { faults } of [...Object.values(SCENARIOS), SHORT_SCENARIO])
    if (faults) new FaultChooser({ seed: 1, ...faults });
  expect(scenarioParts('throttling')?.[0]?.faults?.shares.throttled).toBe(0.2);
});

describe('the clock of a producer', () => {
  const skews = Array.from({ length: 400 }, (_, n) =>
    clockSkewMs({ stream: 'clicks', partitionKey: `impression-${n}` }, 3),
  );

  it('is right for most, and ten minutes ahead or behind for the others', () => {
    const count = (skew: number) => skews.filter((other) => other === skew).length;
    expect(count(0)).toBeGreaterThan(250);
    for (const skew of [600_000, -600_000]) expect(count(skew)).toBeGreaterThan(20);
  });

  it('is the same for a repeated record', () => {
    const record = { stream: 'clicks', partitionKey: 'impression-1' } as const;
    expect(clockSkewMs(record, 3)).toBe(skews[1]);
  });
});

describe('the copies of a record that a killed generator may leave', () => {
  const killed = [
    { done: 1, also: [3] },
    { done: 4, also: [] },
  ];

  it('are one more for each kill before which it was not delivered', () =>
    expect(allowedCopies(['a', 'b', 'c', 'd', 'e'], killed).join('')).toBe('abbccdeee'));

  it('are fewer than those of a generator that starts at the first record again', () => {
    const again = ['a', 'b', 'c', 'd', 'a', 'b', 'c', 'd', 'e'];
    expect(countMissing(again, allowedCopies(['a', 'b', 'c', 'd', 'e'], killed))).toBe(2);
  });
});

describe('countMissing', () => {
  const words = fc.array(fc.constantFrom('a', 'b', 'c', 'd'));

  it('counts each text as often as it was sent', () => {
    expect(countMissing(['a', 'a', 'b'], ['a', 'b', 'c'])).toBe(1);
    expect(countMissing([Buffer.from('a')], ['a'])).toBe(0);
  });

  it('is the number of removed records, for any order and any additional records', () => {
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

  it('compares each stream separately', async () => {
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

it('finds a key for every shard of a stream, however narrow', () => {
  const all = 1n << 128n;
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 63 }), (part) => {
      const shard = { id: 's', from: (all / 64n) * BigInt(part), to: (all / 64n) * BigInt(part + 1) - 1n };
      const key = keyInOpenShard('a', shard);
      expect(shardOfKey(key, 64)).toBe(part);
    }),
  );
});

it.each([
  ['{"a":1}', true],
  ['', false],
  ['a\nb', false],
  [Uint8Array.of(1, 13), false],
])('knows which records fit into a line of a file: %j', (data, fits) => expect(isOneLine(data)).toBe(fits));

describe('withTime', () => {
  const later = (time: number) => time + 600_000;

  it('changes the event time and nothing else', () => {
    const event = '{"event_time":"2026-11-28T05:00:00.000Z","x":"2026-11-28T05:00:00.000Z"}';
    expect(withTime(event, later)).toBe('{"event_time":"2026-11-28T05:10:00.000Z","x":"2026-11-28T05:00:00.000Z"}');
  });

  it.each(['not JSON', '{"event_time":"yesterday"}', '{"event_time":"2026-99-28T05:00:00.000Z"}', Uint8Array.of(1)])(
    'leaves %s alone',
    (data) => expect(withTime(data, later)).toBe(data),
  );
});

describe('a job that reads live records', () => {
  const last = (stream: 'impressions' | 'clicks', key: string) =>
    ({ stream, partitionKey: key, data: `the last record of ${stream}, ${key}`, arrivalMs: 0 }) as const;
  const sent = [
    { ...last('clicks', 'a'), data: '{}' },
    { ...last('clicks', 'b'), data: Uint8Array.of(255) },
    last('impressions', 'c'),
    last('clicks', 'c'),
  ];
  const rejected = (data: string) =>
    Buffer.from(
      JSON.stringify({ record_type: 'rejected_event', rejected_event: { raw: Buffer.from(data).toString('base64') } }),
    );

  it('has read every shard when the last record of each is rejected', () => {
    const other = Buffer.from('{"record_type":"late_event"}');
    expect(unreadShards(sent, [])).toBe(2);
    expect(unreadShards(sent, [other, rejected('{}'), rejected('the last record of clicks, c')])).toBe(1);
    expect(unreadShards(sent, [...sent.slice(2).map(({ data }) => rejected(data as string)), other])).toBe(0);
  });

  it('cannot end if the traffic has no last records', () =>
    expect(() => unreadShards(sent.slice(0, 2), [])).toThrow('no last record'));
});
