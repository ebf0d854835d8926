/** What the arithmetic takes for granted besides prices, settings and the measured traffic. Each is said in the output. */
export interface Assumptions {
  /** Events per second that one KPU of the application processes; see {@link KPU_SHARE}. */
  readonly eventsPerKpu: number;
  /** How many times the average the hour of the highest load is; what shards and KPUs have to be enough for. */
  readonly peakFactor: number;
  /** Share of a shard or a KPU that is used at the peak, so that a backlog can be worked off. */
  readonly utilization: number;
  /** CPU time of the sink for a record, in milliseconds on a whole vCPU. */
  readonly sinkCpuMsPerRecord: number;
  /** Bytes that an invocation of the sink logs: the lines of the platform and the metrics of the batch. */
  readonly sinkLogBytes: number;
  /** Logs of the Flink application in a month, in GB. */
  readonly flinkLogGb: number;
  /** Metrics that the sink publishes: of batches, and records by type. */
  readonly customMetrics: number;
  /** Snapshots of the application that are kept, and bytes of state for an event each second. */
  readonly snapshots: number;
  readonly stateBytesPerEventPerSecond: number;
  /** Size of an archived record against its JSON. */
  readonly parquetRatio: number;
  /** Months that the archive has been filled for. */
  readonly archiveMonths: number;
  /** Share of the month that Redshift works; a stream that is ingested all the time keeps it awake. */
  readonly redshiftAwake: number;
}

/**
 * Greatest share of the measured rate of one core that a KPU is expected to process. The measurement (docs/benchmarks, "The job graph",
 * parallelism 1) leaves out the access to Kinesis, and was not made on a KPU. A KPU has 1 vCPU and 4 GB (Managed Service for Apache
 * Flink Developer Guide, "Review application resources"); the assumption is that its vCPU is about as fast as the measured core.
 */
export const KPU_SHARE = 0.5;

export const ASSUMPTIONS: Assumptions = {
  // At most KPU_SHARE of the measured rate, which a test checks.
  eventsPerKpu: 4_500,
  peakFactor: 2,
  utilization: 0.7,
  sinkCpuMsPerRecord: 0.2,
  sinkLogBytes: 3000,
  flinkLogGb: 1,
  customMetrics: 16,
  snapshots: 10,
  stateBytesPerEventPerSecond: 1_000_000,
  parquetRatio: 0.1,
  archiveMonths: 12,
  redshiftAwake: 1,
};
