import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DashboardError } from '../errors';

/** A file of the page. */
export interface PageFile {
  readonly type: string;
  readonly body: Buffer;
}

/** All served files; the path of a request never reaches the file system. */
const FILES = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/app.js': ['app.js', 'text/javascript; charset=utf-8'],
  '/app.css': ['app.css', 'text/css; charset=utf-8'],
  '/favicon.svg': ['favicon.svg', 'image/svg+xml'],
} as const;

/**
 * @param folder of the built page
 * @returns its files by path
 * @throws DashboardError when the page was not built
 */
export function loadPage(folder: string): ReadonlyMap<string, PageFile> {
  try {
    return new Map(
      Object.entries(FILES).map(([url, [file, type]]) => [url, { type, body: readFileSync(path.join(folder, file)) }]),
    );
  } catch (error) {
    throw new DashboardError(
      `The page is not built: ${(error as Error).message}\nBuild it with: npx nx run dashboard:build`,
    );
  }
}
