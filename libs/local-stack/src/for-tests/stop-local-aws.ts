import type { StartedLocalAws } from './start-local-aws';

/** Jest's global teardown: stops the local AWS if the setup has started it. */
export default async function stopLocalAws(): Promise<void> {
  await (globalThis as StartedLocalAws).stopLocalAws?.();
}
