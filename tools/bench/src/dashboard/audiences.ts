/** Pages that watch at the same time. */
export interface Audience {
  readonly viewers: number;
  /** Whether each looks at another campaign. */
  readonly ownFilters: boolean;
}

/** In the order in which they are measured. */
export const AUDIENCES: readonly Audience[] = [
  { viewers: 0, ownFilters: false },
  { viewers: 1, ownFilters: false },
  { viewers: 4, ownFilters: false },
  { viewers: 16, ownFilters: false },
  { viewers: 16, ownFilters: true },
];
