import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { type Source, SOURCES } from '@ad-analytics/event-schemas';
import { CommandError } from '@ad-analytics/command-line/errors';
import type { EventIds } from './subject';

/** An older version wrote ids without their kind. */
const oldLineSchema = z.strictObject({ eventId: z.string() });
const lineSchema = z.union([
  z.object({ searched: z.string() }),
  z.object({ kind: z.enum(SOURCES), eventId: z.string() }),
  z.object({ rejectedId: z.string() }),
  z.object({ printedStatements: z.string().nullable() }),
]);

/** What an interrupted erasure has done, so that the next one does not read the whole archive again. One JSON object a line. */
export class ProgressFile {
  private readonly searched = new Set<string>();
  /** Ids of the user's events that were found. After an interruption, this file may be their only copy. */
  readonly eventIds: EventIds = { impression: new Set(), click: new Set() };
  /** Ids of the user's rejected events. SQL in the warehouse cannot search rejected events, so it removes them by these ids. */
  readonly rejectedIds = new Set<string>();
  private printed: string | undefined;

  /**
   * Reads the file of an interrupted erasure of the same user, if it is there. A last line that was cut off is left out.
   * @param file path; undefined: nothing is kept
   * @throws CommandError (exit code 2) when an older version wrote ids of events into the file: their kind is unknown
   */
  constructor(private readonly file: string | undefined) {
    if (file === undefined || !existsSync(file)) return;
    for (const text of readFileSync(file, 'utf8').split('\n')) {
      const value = parsed(text);
      if (oldLineSchema.safeParse(value).success) {
        throw new CommandError(
          `${file}: an older version of this command wrote the file, and its event ids have no kind. Move the file, and run the command again ` +
            'with the ids of "eventId" after --click-id or --impression-id.',
          2,
        );
      }
      const { data: line } = lineSchema.safeParse(value);
      if (line === undefined) continue;
      if ('searched' in line) this.searched.add(line.searched);
      else if ('eventId' in line) this.eventIds[line.kind].add(line.eventId);
      else if ('printedStatements' in line) this.printed = line.printedStatements ?? undefined;
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
  noteEventId(kind: Source, eventId: string): void {
    if (!this.eventIds[kind].has(eventId)) this.append({ kind, eventId });
    this.eventIds[kind].add(eventId);
  }

  /** Records the id of a rejected event. Call this before removing the event. */
  noteRejectedId(rejectedId: string): void {
    if (!this.rejectedIds.has(rejectedId)) this.append({ rejectedId });
    this.rejectedIds.add(rejectedId);
  }

  /** Hash of the statements for the Iceberg table that were printed last; undefined: none. */
  get printedStatements(): string | undefined {
    return this.printed;
  }

  /** Records which statements for the Iceberg table were printed. @param hash of them */
  notePrintedStatements(hash: string): void {
    this.printed = hash;
    this.append({ printedStatements: hash });
  }

  /** Records that the printed statements have run. The next erasure prints statements again. */
  forgetPrintedStatements(): void {
    if (this.printed !== undefined) this.append({ printedStatements: null });
    this.printed = undefined;
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

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
