/** A field that orders the results of a window: a `rate` to six decimals, null before 0; or a whole number. */
interface RankField<Field extends string> {
  readonly field: Field;
  readonly as: 'rate' | 'count';
}

/** The index by time has a partition for each minute or hour, with results in time order. */
interface ByBucket {
  readonly bucket: 'minute' | 'hour';
}

/** The index by time has a partition for each window, with results in rank order. */
interface ByWindow<Field extends string> {
  /** Fields that name the partition. */
  readonly window: readonly Field[];
  /** The first field counts most. */
  readonly rank: readonly RankField<Field>[];
}

/** How the serving table holds the results of a type (docs/adr/0006-serving-table-keys.md). */
export interface Serving<Field extends string> {
  /** How long a result stays in the table after it was last written, in days. The archive keeps everything. */
  readonly retentionDays: number;
  /**
   * Number of partitions of the index by time for the results of one bucket or window. A partition takes 1,000 writes
   * per
   * second (AWS, "Best practices for designing and using partition keys effectively"), and all results of a bucket come at the same
   * time: the users of a window when it closes, the clicks of a minute within that minute. Readers ask every partition, so a number may
   * only be raised, and until the older results have expired, they are in fewer partitions than readers query. With
   * only one partition, the keys of a window do not contain its number.
   */
  readonly writeShards: number;
  /** Fields that name the subject in the index by subject; its results are in order of `window_start`. Absent: not in that index. */
  readonly subject?: readonly Field[];
  readonly byTime: ByBucket | ByWindow<Field>;
}
