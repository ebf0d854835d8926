import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';

/** Until charts are drawn anew. */
const SETTLE_MS = 500;
const PICTURES = {
  wide: { width: 1280, height: 1180 },
  narrow: { width: 390, height: 844 },
} as const;

/**
 * Takes the README's pictures: in both themes, wide and as on a phone, and what lies further down.
 * @param page that is live; left as it was found
 * @param folder to put them in
 */
export async function takePictures(page: Page, folder: string): Promise<void> {
  const before = page.viewportSize();
  mkdirSync(folder, { recursive: true });
  await page.getByRole('radio', { name: '5 min', exact: true }).check({ force: true });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const [name, size] of Object.entries(PICTURES)) {
      await page.setViewportSize(size);
      await sleep(SETTLE_MS);
      await page.screenshot({ path: path.join(folder, `dashboard-${colorScheme}-${name}.png`) });
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(PICTURES.wide);
  await page.locator('.panel-rate').evaluate('element => element.scrollIntoView()');
  await page.screenshot({ path: path.join(folder, 'dashboard-light-more.png') });
  await page.emulateMedia({ colorScheme: null });
  if (before) await page.setViewportSize(before);
  await page.getByRole('radio', { name: '15 min', exact: true }).check({ force: true });
}
