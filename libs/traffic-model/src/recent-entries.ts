import Denque from 'denque';

interface Entry<V> {
  readonly id: string;
  readonly time: number;
  readonly value: V;
}

/**
 * A map whose entries are forgotten in the order in which they were added. A plain Map is not enough: after deletions at its front, each
 * search for its first entry passes all places of the deleted ones.
 */
export class RecentEntries<V> {
  private readonly entries = new Map<string, Entry<V>>();
  private readonly added = new Denque<Entry<V>>();

  /** Number of entries. */
  get size(): number {
    return this.entries.size;
  }

  /** @returns the value of an id, undefined if it has none */
  get(id: string): V | undefined {
    return this.entries.get(id)?.value;
  }

  /**
   * Adds an entry, or replaces that of the same id.
   * @param time milliseconds, for `forgetBefore`
   */
  set(id: string, time: number, value: V): void {
    const entry = { id, time, value };
    this.entries.set(id, entry);
    this.added.push(entry);
  }

  /** Deletes the entry of an id. */
  delete(id: string): void {
    this.entries.delete(id);
  }

  /**
   * Deletes entries in the order in which they were added, up to the first one that is not before a time.
   * @param time milliseconds
   */
  forgetBefore(time: number): void {
    for (let first = this.added.peekFront(); first && first.time < time; first = this.added.peekFront()) {
      this.added.shift();
      // An entry that was replaced stays with its new time.
      if (this.entries.get(first.id) === first) this.entries.delete(first.id);
    }
  }
}
