/** Prints the duration of a slow step; no check depends on it. */
export async function timed(what: string, work: () => Promise<void>): Promise<void> {
  const started = Date.now();
  console.error(`. ${what}`);
  await work();
  console.error(`. ${what}: ${((Date.now() - started) / 1_000).toFixed(0)} s`);
}
