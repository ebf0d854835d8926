/** Requests under way at a time: enough to hide the way to the service, few enough for its connections. */
const CONCURRENCY = 8;

/**
 * @param inputs what to do
 * @param work what does one of them
 * @returns the outcomes in the order of the inputs, at most eight at a time
 * @throws what the first failing one threw
 */
export async function inParallel<In, Out>(inputs: readonly In[], work: (input: In) => Promise<Out>): Promise<Out[]> {
  const outcomes: Out[] = [];
  for (let at = 0; at < inputs.length; at += CONCURRENCY) {
    outcomes.push(...(await Promise.all(inputs.slice(at, at + CONCURRENCY).map(work))));
  }
  return outcomes;
}
