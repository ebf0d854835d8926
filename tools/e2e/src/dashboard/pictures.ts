import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';

/** Time until the charts are drawn again. */
const SETTLE_MS = 500;
/** Margin above the panels of the second picture, in pixels. */
const MARGIN = 12;
const PICTURES = {
  wide: { width: 1280, height: 1180 },
  narrow: { width: 390, height: 844 },
} as const;

/** Waits until the page receives results, shows a rate, and has drawn its current state. */
async function flowing(page: Page): Promise<void> {
  await page.locator('.is-flowing .stage:first-child b').filter({ hasNotText: '–' }).first().waitFor();
  await sleep(SETTLE_MS);
}

/**
 * Takes the README's pictures: in both themes, at desktop and phone width, and the lower part of the page.
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
      await flowing(page);
      await page.screenshot({ path: path.join(folder, `dashboard-${colorScheme}-${name}.png`) });
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(PICTURES.wide);
  await flowing(page);
  const { y = 0 } = (await page.locator('.panel-rate').boundingBox()) ?? {};
  const bottom = await page.evaluate<number>('document.documentElement.scrollHeight');
  const clip = { x: 0, y: y - MARGIN, width: PICTURES.wide.width, height: bottom - y + MARGIN };
  await page.screenshot({ path: path.join(folder, 'dashboard-light-more.png'), fullPage: true, clip });
  await page.emulateMedia({ colorScheme: null });
  if (before) await page.setViewportSize(before);
  await page.getByRole('radio', { name: '15 min', exact: true }).check({ force: true });
}
