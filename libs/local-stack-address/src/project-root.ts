import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * @param folder absolute path, such as the folder of a source file or of a bundle
 * @returns the root of the project (the nearest folder at or above it with nx.json); undefined if none exists
 */
export function findProjectRoot(folder: string): string | undefined {
  for (let root = folder; ; root = path.dirname(root)) {
    if (existsSync(path.join(root, 'nx.json'))) return root;
    if (root === path.dirname(root)) return undefined;
  }
}
