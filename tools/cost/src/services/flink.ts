import type { Assumptions } from '../assumptions';
import { type CostLine, GB, HOURS, costLine } from '../cost-line';
import type { Deployment } from '../deployment';
import { figure } from '../figures';
import type { Workload } from '../workload';

const SERVICE = 'Managed Service for Apache Flink';
/**
 * Storage of each KPU in GB, which is billed completely. AWS's own sources differ, and this is the larger amount (docs/cost-details.md,
 * "State of the job").
 */
const RUNNING_STORAGE_GB = 50;

/**
 * @param load of the pipeline
 * @param deployment the application's parallelism
 * @param assumptions rate of a KPU
 * @returns KPUs of the application without orchestration: at least the initial number, and enough for the peak
 */
export function kpusFor(load: Workload, { flink }: Deployment, assumptions: Assumptions): number {
  const { eventsPerKpu, peakFactor, utilization } = assumptions;
  const least = Math.ceil(flink.parallelism / flink.parallelismPerKpu);
  return Math.max(least, Math.ceil((load.eventsPerSecond * peakFactor) / (eventsPerKpu * utilization)));
}

/** @returns lines of the application */
export function flinkLines(load: Workload, deployment: Deployment, assumptions: Assumptions): CostLine[] {
  const kpus = kpusFor(load, deployment, assumptions);
  // The scheduled snapshots, if there is a schedule; otherwise the assumption, which includes snapshots of updates and stops.
  const snapshots = Math.max(assumptions.snapshots, deployment.snapshots?.kept ?? 0);
  const stateGb = (load.eventsPerSecond * assumptions.stateBytesPerEventPerSecond) / GB;
  return [
    costLine({
      service: SERVICE,
      item: 'the job, and 1 KPU for its orchestration',
      price: 'flinkKpuHour',
      quantity: (kpus + 1) * HOURS,
      arithmetic: `(${kpus} + 1) KPU × ${HOURS} h`,
    }),
    costLine({
      service: SERVICE,
      item: 'state on disk',
      price: 'flinkRunningStorage',
      quantity: kpus * RUNNING_STORAGE_GB,
      arithmetic: `${kpus} KPU × ${RUNNING_STORAGE_GB} GB`,
    }),
    costLine({
      service: SERVICE,
      item: 'snapshots',
      price: 'flinkBackup',
      quantity: snapshots * stateGb,
      arithmetic: `${snapshots} snapshots × ${figure(stateGb)} GB`,
    }),
  ];
}
