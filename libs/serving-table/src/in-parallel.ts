/**
 * Number of concurrent requests of one query: enough to hide the latency of the service, few enough for its
 * connections.
 */
export const CONCURRENCY = 8;

/**
 * @param inputs of the work
 * @param concurrency maximum number of concurrent calls
 * @param work function for one input
 *   @returns the outcomes in the order of the inputs
 * @throws the error of the first failing call
 */
export async function inParallel<In, Out>(
  inputs: readonly In[],
  concurrency: number,
  work: (input: In) => Promise<Out>,
): Promise<Out[]> {
  const outcomes = new Array<Out>(inputs.length);
  const remaining = inputs.entries();
  const worker = async (): Promise<void> => {
    for (const [at, input] of remaining) outcomes[at] = await work(input);
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, inputs.length) }, worker));
  return outcomes;
}
