import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const lineSchema = z.union([
  z.object({ searched: z.string() }),
  z.object({ eventId: z.string() }),
  z.object({ rejectedId: z.string() }),
]);

/** What an interrupted erasure has done, so that the next one does not read the whole archive again. One JSON object a line. */
export class ProgressFile {
  private readonly searched = new Set<string>();
  /** Ids of the user's events that were found. After an interruption, this file may be their only copy. */
  readonly eventIds = new Set<string>();
  /** Ids of the user's rejected events. SQL in the warehouse cannot search rejected events, so it removes them by these ids. */
  readonly rejectedIds = new Set<string>();

  /**
   * Reads the file of an interrupted erasure of the same user, if it is there. A last line that was cut off is left out.
   * @param file path; undefined: nothing is kept
   */
  constructor(private readonly file: string | undefined) {
    if (file === undefined || !existsSync(file)) return;
    for (const text of readFileSync(file, 'utf8').split('\n')) {
      const line = parsed(text);
      if (line === undefined) continue;
      if ('searched' in line) this.searched.add(line.searched);
      else if ('eventId' in line) this.eventIds.add(line.eventId);
      else this.rejectedIds.add(line.rejectedId);
    }
    // A cut line must not become the beginning of the next one.
    appendFileSync(file, '\n');
  }

  /** @returns whether the object was searched with this content, for these records */
  isSearched(name: string): boolean {
    return this.searched.has(name);
  }

  /** Records that an object is done: the user's records are removed from it, and its ids are in this file. */
  noteSearched(name: string): void {
    this.searched.add(name);
    this.append({ searched: name });
  }

  /** Records an id. Call this before removing the record that contains it. */
  noteEventId(eventId: string): void {
    if (!this.eventIds.has(eventId)) this.append({ eventId });
    this.eventIds.add(eventId);
  }

  /** Records the id of a rejected event. Call this before removing the event. */
  noteRejectedId(rejectedId: string): void {
    if (!this.rejectedIds.has(rejectedId)) this.append({ rejectedId });
    this.rejectedIds.add(rejectedId);
  }

  /** Deletes the file: it contains ids of the user's events. */
  delete(): void {
    if (this.file !== undefined) rmSync(this.file, { force: true });
  }

  private append(line: z.infer<typeof lineSchema>): void {
    if (this.file === undefined) return;
    mkdirSync(path.dirname(this.file), { recursive: true });
    appendFileSync(this.file, `${JSON.stringify(line)}\n`, { mode: 0o600 });
  }
}

function parsed(text: string): z.infer<typeof lineSchema> | undefined {
  try {
    return lineSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
