import { type Browser, type Page, chromium } from 'playwright-core';

/** As root, without a display, and without a word to any other host; `gc()` for anyone who measures memory. */
const FLAGS = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync', '--js-flags=--expose-gc'],
];

/**
 * @param executablePath as `findChromium` gives it
 * @returns a browser without a window; close it
 */
export function startChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: FLAGS });
}

/**
 * @param page to watch, before it is opened
 * @returns what goes wrong in it: errors of scripts, dialogs, and what the console calls an error; not that a server is gone,
 *   which the page is to say itself. It grows as things happen
 */
export function pageProblems(page: Page): readonly string[] {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('dialog', (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('ERR_')) problems.push(message.text());
  });
  return problems;
}

/** What a page takes of memory. */
export interface PageSize {
  /** Bytes in use on the heap of its scripts, after a garbage collection. */
  readonly heap: number;
  /** Elements of the document. */
  readonly elements: number;
}

/** @returns what the page takes of memory now */
export async function pageSize(page: Page): Promise<PageSize> {
  // As text: this file is read without the types of the DOM.
  await page.evaluate('gc()');
  const [heap, elements] = await page.evaluate<[number, number]>(
    '[performance.memory.usedJSHeapSize, document.querySelectorAll("*").length]',
  );
  return { heap, elements };
}
