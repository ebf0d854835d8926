/** The summary that the generator prints at its end. */
export interface GeneratorSummary {
  readonly records: number;
  readonly perSecond: number;
}

const SUMMARY =
  /^Done after .*: ([\d,]+) impressions and ([\d,]+) clicks \(([\d,]+)\/s\) to .*; retried (\d+), failed (\d+)\./m;

/**
 * @param output standard output of the generator
 * @returns how many records it has sent, and at which rate, from the first record to the end of the delivery
 * @throws Error if the summary is missing, or if a record was retried or failed
 */
export function generatorSummary(output: string): GeneratorSummary {
  const [, impressions, clicks, perSecond, retried, failed] = SUMMARY.exec(output) ?? [];
  if (impressions === undefined || clicks === undefined || perSecond === undefined)
    throw new Error(`The generator did not print its summary:\n${output}`);
  // A measurement with retries would not compare the same requests.
  if (retried !== '0' || failed !== '0')
    throw new Error(
      `The generator retried ${retried} records, and ${failed} failed: the emulator did not accept all at once.`,
    );
  const number = (text: string) => Number(text.replaceAll(',', ''));
  return { records: number(impressions) + number(clicks), perSecond: number(perSecond) };
}
