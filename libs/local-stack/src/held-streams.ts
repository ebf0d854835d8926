import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** @returns the folder in which a file holds the stream that it is named after, see controlled_streams.py */
export function heldStreamsFolder(runFolder: string): string {
  const folder = path.join(runFolder, 'held-streams');
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Lets a stream of a stack with controlled_streams.py refuse all records, as one whose shards are busy does. */
export function holdStream(runFolder: string, stream: string): void {
  writeFileSync(path.join(heldStreamsFolder(runFolder), stream), '');
}

/** Lets it take records again; harmless when it does. */
export function releaseStream(runFolder: string, stream: string): void {
  rmSync(path.join(heldStreamsFolder(runFolder), stream), { force: true });
}
