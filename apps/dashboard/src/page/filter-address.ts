import { parseViewFilter, viewQuery } from '../http/view-filter';
import type { ViewFilter } from '../view/view';

const DEFAULT: ViewFilter = { minutes: 15 };

/** @returns the filter in the page's address, so that a view can be bookmarked and shared */
export function filterFromAddress(): ViewFilter {
  return parseViewFilter(new URLSearchParams(location.search)) ?? DEFAULT;
}

/** Writes the filter to the page's address, without reloading. */
export function filterToAddress(filter: ViewFilter): void {
  history.replaceState(null, '', `?${viewQuery(filter)}`);
}
