/** Requests of one question under way at a time: enough to hide the way to the service, few enough for its connections. */
export const CONCURRENCY = 8;

/**
 * @param inputs what to do
 * @param concurrency most of it under way at a time
 * @param work what does one of them
 * @returns the outcomes in the order of the inputs
 * @throws what the first failing one threw
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
