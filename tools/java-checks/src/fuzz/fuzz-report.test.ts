import { describeFuzzing } from './fuzz-report';
import { FUZZ_TARGETS } from './fuzz-tests';

it('shows a row for each test, and each finding with its file', () => {
  const [impressions, clicks] = FUZZ_TARGETS.parser;
  const figures = { executions: 1_234_567, edges: 812, features: 2_345, inputs: 99 };
  expect(
    describeFuzzing([
      { test: impressions!, seconds: 900, output: { ...figures, findings: [] } },
      {
        test: clicks!,
        seconds: 61,
        output: { ...figures, executions: 3, findings: [{ cause: 'an error\u001b[31m', file: '/a/crash-1' }] },
      },
    ]),
  ).toEqual([
    'test                             minutes  executions  branches  features  inputs  findings',
    'EventParserFuzzTest.impressions     15.0   1,234,567       812     2,345      99         0',
    'EventParserFuzzTest.clicks           1.0           3       812     2,345      99         1',
    'EventParserFuzzTest.clicks: an error\\u001b[31m',
    '  input: /a/crash-1',
  ]);
});
