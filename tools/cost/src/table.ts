/** A table that is printed as text or as Markdown. */
export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Columns that hold words and not figures, by their heads; the first always does. */
  readonly words: readonly string[];
}
