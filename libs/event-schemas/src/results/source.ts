/** Where a late or rejected record came from: the impressions stream or the clicks stream. */
export const SOURCES = ['impression', 'click'] as const;
export type Source = (typeof SOURCES)[number];
