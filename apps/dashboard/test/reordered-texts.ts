import type { Page } from 'playwright-core';

/**
 * @param page to look at
 * @param name text from outside that is on it
 * @returns texts of the page whose characters do not run from left to right, other than the name itself
 */
export function reorderedTexts(page: Page, name: string): Promise<string[]> {
  return page.evaluate((outside) => {
    const reordered: string[] = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      const text = (node as Text).data;
      const first = text.indexOf(outside);
      const range = document.createRange();
      let before: DOMRect | undefined;
      for (let at = 0; at < text.length; at++) {
        if (first >= 0 && at >= first && at < first + outside.length) continue;
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const place = range.getBoundingClientRect();
        if (place.width === 0) continue;
        if (before !== undefined && place.top === before.top && place.left < before.left) {
          reordered.push(text);
          break;
        }
        before = place;
      }
    }
    return reordered;
  }, name);
}
