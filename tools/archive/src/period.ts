/** First and last day of a query, both inclusive: `2026-11-23`. */
export interface Period {
  readonly first: string;
  readonly last: string;
}

/** Every day. */
export const ALL_DAYS: Period = { first: '0000-01-01', last: '9999-12-31' };
