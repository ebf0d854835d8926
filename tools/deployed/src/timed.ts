/** Says how long a step took: they are the slow ones, and no check is about their time. */
export async function timed(what: string, work: () => Promise<void>): Promise<void> {
  const started = Date.now();
  console.error(`. ${what}`);
  await work();
  console.error(`. ${what}: ${((Date.now() - started) / 1_000).toFixed(0)} s`);
}
