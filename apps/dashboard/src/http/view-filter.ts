import { RANGES_MINUTES, type RangeMinutes, type ViewFilter } from '../view/view';

/**
 * Longest campaign id in UTF-16 units: 128 characters (MAX_ID_LENGTH of event-schemas), of which each may have two. Its own
 * number, because the page uses this file and would carry the whole schema library for it; a test holds the two together.
 */
export const MAX_CAMPAIGN_LENGTH = 256;

/**
 * @param query of the event stream's address: `minutes` (5, 15 or 60; 15 unless given) and `campaign`
 * @returns the filter; undefined when a value is none that the page would send
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
