import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** @returns the folder whose files have the names of held streams, see controlled_streams.py */
export function heldStreamsFolder(runFolder: string): string {
  const folder = path.join(runFolder, 'held-streams');
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Makes a stream of a stack with controlled_streams.py reject all records, like a throttled stream. */
export function holdStream(runFolder: string, stream: string): void {
  writeFileSync(path.join(heldStreamsFolder(runFolder), stream), '');
}

/** Makes it accept records again; no effect if it already does. */
export function releaseStream(runFolder: string, stream: string): void {
  rmSync(path.join(heldStreamsFolder(runFolder), stream), { force: true });
}
