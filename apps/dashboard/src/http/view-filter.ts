import { RANGES_MINUTES, type RangeMinutes, type ViewFilter } from '../view/view';

/**
 * Longest campaign id in UTF-16 units: 128 characters (MAX_ID_LENGTH of event-schemas), of which each may have two. A
 * separate constant, because the page imports this file and would otherwise include the whole schema library. A test
 * compares both.
 */
export const MAX_CAMPAIGN_LENGTH = 256;

/**
 * @param query of the event stream's address: `minutes` (5, 15 or 60; 15 by default) and `campaign`
 * @returns the filter; undefined if the page would never send such a value
 */
export function parseViewFilter(query: URLSearchParams): ViewFilter | undefined {
  const minutes = Number(query.get('minutes') ?? 15) as RangeMinutes;
  const campaign = query.get('campaign') || undefined;
  if (!RANGES_MINUTES.includes(minutes)) return undefined;
  if (campaign !== undefined && campaign.length > MAX_CAMPAIGN_LENGTH) return undefined;
  return { minutes, campaign };
}

/** @returns the query that {@link parseViewFilter} understands */
export function viewQuery(filter: ViewFilter): string {
  const query = new URLSearchParams({ minutes: String(filter.minutes) });
  if (filter.campaign !== undefined) query.set('campaign', filter.campaign);
  return query.toString();
}
