/** Assumptions of the calculation besides prices, settings and the measured traffic. The output lists all of them. */
export interface Assumptions {
  /** Events per second that one KPU of the application processes; see {@link KPU_SHARE}. */
  readonly eventsPerKpu: number;
  /** Ratio of the hour with the highest load to the average; shards and KPUs must suffice for it. */
  readonly peakFactor: number;
  /** Utilisation of shards and KPUs at the peak; the rest can process a backlog. */
  readonly utilization: number;
  /** CPU time of the sink per record, in milliseconds on a whole vCPU. */
  readonly sinkCpuMsPerRecord: number;
  /** Bytes that an invocation of the sink logs: the lines of the platform and the metrics of the batch. */
  readonly sinkLogBytes: number;
  /** Logs of the Flink application in a month, in GB. */
  readonly flinkLogGb: number;
  /** Metrics that the sink publishes: of batches, and records by type. */
  readonly customMetrics: number;
  /** Number of snapshots of the application, and bytes of state per event per second. */
  readonly snapshots: number;
  readonly stateBytesPerEventPerSecond: number;
  /** Size of an archived record relative to its JSON. */
  readonly parquetRatio: number;
  /** Months of data in the archive. */
  readonly archiveMonths: number;
  /** Share of the month in which Redshift is active; continuous ingestion keeps it active. */
  readonly redshiftAwake: number;
}

/**
 * Maximum rate of a KPU, as a share of the measured rate of one core. The measurement (docs/benchmarks, "The job graph", parallelism 1)
 * does not include access to Kinesis, and was not made on a KPU. A KPU has 1 vCPU and 4 GB (Managed Service for Apache
 * Flink Developer Guide, "Review application resources"); the assumption is that its vCPU is about as fast as the measured core.
 */
export const KPU_SHARE = 0.5;

export const ASSUMPTIONS: Assumptions = {
  // At most KPU_SHARE of the measured rate, which a test checks.
  eventsPerKpu: 2_700,
  peakFactor: 2,
  utilization: 0.7,
  // At least the measured time, which a test checks.
  sinkCpuMsPerRecord: 0.05,
  sinkLogBytes: 3000,
  flinkLogGb: 1,
  customMetrics: 16,
  snapshots: 10,
  // Above the greatest measured state, which a test checks.
  stateBytesPerEventPerSecond: 1_000_000,
  parquetRatio: 0.1,
  archiveMonths: 12,
  redshiftAwake: 1,
};
