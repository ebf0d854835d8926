/** A table that is printed as text or as Markdown. */
export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Headers of the columns with words instead of figures; the first column always has words. */
  readonly words: readonly string[];
}
