import { describeFailure } from './failures';
import { PHASES } from './subject';
import type { Erasure, UserStore } from './user-store';

/**
 * Erases one user's data, or counts it. If one store fails, the others are erased anyway, and the report contains the reason.
 * @param stores in order: the archive before the warehouse, because the warehouse needs the ids of rejected events
 * @throws the reason of the signal when it was interrupted
 */
export async function eraseUser(stores: readonly UserStore[], erasure: Erasure): Promise<void> {
  const failed = new Set<UserStore>();
  for (const types of PHASES) {
    for (const store of stores) {
      if (failed.has(store)) continue;
      erasure.say(`Searching the ${store.name}: ${types.join(', ')}`);
      try {
        await store.erase(types, erasure);
      } catch (error) {
        erasure.signal.throwIfAborted();
        failed.add(store);
        erasure.report.problem(store.name, describeFailure(error));
      }
    }
  }
  if (erasure.remove) erasure.report.checkRemoved();
}
