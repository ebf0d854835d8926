import type { StartedLocalAws } from './start-local-aws';

/** Jest's global teardown: stops the local AWS that the setup has started, if it has. */
export default async function stopLocalAws(): Promise<void> {
  await (globalThis as StartedLocalAws).stopLocalAws?.();
}
