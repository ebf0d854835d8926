/** The deployed artefacts: files that other projects have built. */
export interface Artefacts {
  /** The Flink application: `flink/dist/ad-analytics-flink.zip`. */
  readonly flinkZip: string;
  /** The output sink's zip. */
  readonly sinkZip: string;
}
