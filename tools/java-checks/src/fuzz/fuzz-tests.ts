import path from 'node:path';

/** One method of a `*FuzzTest` class in flink. */
export interface FuzzTest {
  /** Class and method, as in `EventParserFuzzTest.clicks`. */
  readonly name: string;
  readonly testClass: string;
  readonly method: string;
  /** Classes whose branches guide the fuzzer, as patterns of Jazzer. */
  readonly instrumented: readonly string[];
}

const CONNECTOR = 'org.apache.flink.kinesis.shaded';

const fuzzTest = (testClass: string, method: string, instrumented: readonly string[]): FuzzTest => ({
  name: `${testClass.split('.').at(-1)}.${method}`,
  testClass,
  method,
  instrumented,
});

const ofParser = (method: string) =>
  fuzzTest('adanalytics.event.EventParserFuzzTest', method, [
    'adanalytics.event.**',
    'com.fasterxml.jackson.core.json.**',
  ]);

/** The fuzz tests by target, the name that the user gives. */
export const FUZZ_TARGETS = {
  parser: [ofParser('impressions'), ofParser('clicks')],
  'kpl-reader': [
    fuzzTest('adanalytics.source.AggregatedRecordsFuzzTest', 'parts', [
      'adanalytics.source.**',
      'org.apache.flink.streaming.connectors.kinesis.internals.publisher.**',
      `${CONNECTOR}.com.amazonaws.services.kinesis.clientlibrary.types.**`,
      `${CONNECTOR}.com.amazonaws.services.kinesis.producer.protobuf.**`,
      `${CONNECTOR}.com.google.protobuf.**`,
    ]),
  ],
} satisfies Record<string, readonly FuzzTest[]>;

export type FuzzTarget = keyof typeof FUZZ_TARGETS;

/** @param flink folder of the project @returns folder of the committed inputs of a test, where Jazzer also writes what it finds */
export function committedInputs(flink: string, { testClass, method }: FuzzTest): string {
  return path.join(flink, 'src', 'test', 'resources', ...`${testClass}Inputs`.split('.'), method);
}
