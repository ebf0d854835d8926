import { type Browser, type Page, chromium } from 'playwright-core';

/** For root, without a display, without requests to other hosts; with `gc()` for measuring memory. */
const FLAGS = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync', '--js-flags=--expose-gc'],
];

/**
 * @param executablePath from `findChromium`
 * @returns a browser without a window; close it
 */
export function startChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: FLAGS });
}

/**
 * @param page to watch, before it is opened
 * @returns the list of problems on the page, which grows over time: script errors, dialogs, and console errors. Failed requests to a server
 *   are not included, because the page itself must report them
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

/** Memory use of a page. */
export interface PageSize {
  /** Used bytes of the JavaScript heap after a garbage collection. */
  readonly heap: number;
  /** Elements of the document. */
  readonly elements: number;
}

/** @returns the current memory use of the page */
export async function pageSize(page: Page): Promise<PageSize> {
  // As text, because this file is compiled without the DOM types.
  await page.evaluate('gc()');
  const [heap, elements] = await page.evaluate<[number, number]>(
    '[performance.memory.usedJSHeapSize, document.querySelectorAll("*").length]',
  );
  return { heap, elements };
}
