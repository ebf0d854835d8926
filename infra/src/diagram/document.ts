import type { Architecture } from './architecture';
import { flowPages } from './pages/flow-pages';
import { iamPages } from './pages/iam-pages';
import { resourcePages } from './pages/resource-pages';
import { streamPages } from './pages/stream-pages';
import { TITLE, titlePage } from './pages/title-page';
import { Pages } from './pdf-page';

/**
 * @param architecture what is deployed
 * @returns the complete architecture as a PDF; the same architecture gives the same bytes
 */
export async function document(architecture: Architecture): Promise<Buffer> {
  const pages = new Pages(TITLE);
  titlePage(pages, architecture);
  await flowPages(pages, architecture);
  streamPages(pages, architecture);
  await iamPages(pages, architecture);
  resourcePages(pages, architecture);
  return pages.end();
}
