import { JazzerOutput } from './jazzer-output';

const read = (lines: readonly string[]) => {
  const output = new JazzerOutput();
  for (const line of lines) output.take(line);
  return output;
};

/** As Jazzer 0.30 prints it. */
const STARTED = [
  'INFO: Loaded 5 modules   (8192 inline 8-bit counters): 512 [0x7ff044fe7f40, 0x7ff044fe8140), ',
  '#84\tINITED cov: 907 ft: 2462 corp: 78/6756b exec/s: 0 rss: 1081Mb',
  '#87\tNEW    cov: 908 ft: 2464 corp: 79/6870b lim: 602 exec/s: 0 rss: 1081Mb L: 114/602 MS: 6 ChangeASCIIInt-Custom-',
];
const ENDED = [
  '#24136\tDONE   cov: 1015 ft: 3304 corp: 232/22Kb lim: 602 exec/s: 1149 rss: 1098Mb',
  '###### Recommended dictionary. ######',
  'Done 24136 runs in 21 second(s)',
  'stat::number_of_executed_units: 24137',
  'stat::average_exec_per_sec:     1149',
];
const FOUND = [
  '== Java Exception: org.opentest4j.AssertionFailedError: expected: 3',
  '\tat adanalytics.event.ParserInvariants.agree(ParserInvariants.java:116)',
  'DEDUP_TOKEN: 1df74bd5a6c6d0d0',
  '== libFuzzer crashing input ==',
  'MS: 0 ; base unit: 0000000000000000000000000000000000000000',
  "artifact_prefix='/some folder/clicks/'; Test unit written to /some folder/clicks/crash-da39a3ee",
  'Base64: ',
];
const TIMED_OUT = [
  'ALARM: working on the last Unit for 61 seconds',
  '==12345== ERROR: libFuzzer: timeout after 61 seconds',
  "artifact_prefix='/a/'; Test unit written to /a/timeout-0123",
];

describe('JazzerOutput', () => {
  it('follows the search', () =>
    expect(read(STARTED)).toMatchObject({ executions: 87, edges: 908, features: 2464, inputs: 79, findings: [] }));

  it('takes the number of executions from the statistics at the end', () =>
    expect(read([...STARTED, ...ENDED])).toMatchObject({ executions: 24_137, edges: 1_015, findings: [] }));

  it('keeps each finding with its cause and its file', () =>
    expect(read([...STARTED, ...FOUND, ...TIMED_OUT, ...ENDED]).findings).toEqual([
      {
        cause: 'org.opentest4j.AssertionFailedError: expected: 3',
        file: '/some folder/clicks/crash-da39a3ee',
      },
      { cause: 'libFuzzer: timeout after 61 seconds', file: '/a/timeout-0123' },
    ]));

  it('records when the search began', () => {
    const output = new JazzerOutput();
    output.take('INFO: Loaded 3668 hooks', 1);
    expect(output.startedAt).toBeUndefined();
    for (const [i, line] of STARTED.entries()) output.take(line, 10 + i);
    expect(output.startedAt).toBe(11);
  });

  it('counts no branches while nothing is covered', () =>
    expect(read(['#1\tpulse  corp: 1/1b exec/s: 0 rss: 100Mb'])).toMatchObject({ executions: 1, edges: 0, inputs: 1 }));
});
