import type { Assumptions } from './assumptions';
import { HOURS, SECONDS, total } from './cost-line';
import type { Deployment } from './deployment';
import { costOf } from './price';
import { PRICES } from './prices';
import { writeUnitsPerSecond } from './services/dynamodb';
import { type StreamRole, onDemand, provisioned, shardsFor, streams } from './services/kinesis';
import type { Workload } from './workload';

/** A stream in both capacity modes. */
export interface ModeComparison {
  readonly role: StreamRole;
  readonly recordsPerSecond: number;
  /** Number of shards for the peak. */
  readonly shards: number;
  /** US dollars a month. */
  readonly onDemand: number;
  readonly provisioned: number;
  /** Ratio of peak to average load from which provisioned capacity costs more, because it is billed for the peak all month. */
  readonly breakEvenPeakFactor: number;
}

/** The serving table in both capacity modes, by its writes. */
export interface TableComparison {
  readonly unitsPerSecond: number;
  /** Write capacity units for the peak. */
  readonly capacity: number;
  /** US dollars a month. */
  readonly onDemand: number;
  readonly provisioned: number;
  /** Ratio of peak to average load from which provisioned capacity costs more. */
  readonly breakEvenPeakFactor: number;
}

/**
 * @param load what flows on average
 * @param assumptions ratio of peak to average, and utilisation of the capacity
 * @returns writes of the table in both modes
 */
export function compareTableModes(load: Workload, { peakFactor, utilization }: Assumptions): TableComparison {
  const unitsPerSecond = writeUnitsPerSecond(load);
  const capacityFor = (factor: number) => Math.ceil((unitsPerSecond * factor) / utilization);
  const inMode = (factor: number) => costOf(PRICES.dynamodbWriteHour, capacityFor(factor) * HOURS);
  const onDemandCost = costOf(PRICES.dynamodbWrite, unitsPerSecond * SECONDS);
  return {
    unitsPerSecond,
    capacity: capacityFor(peakFactor),
    onDemand: onDemandCost,
    provisioned: inMode(peakFactor),
    breakEvenPeakFactor: firstAbove((factor) => inMode(factor) > onDemandCost),
  };
}

/** Maximum ratio: beyond it, a stream would be nearly idle on average. */
const MAX_FACTOR = 1_000;

/**
 * @param load what flows on average
 * @param deployment retention and readers of the streams
 * @param assumptions ratio of peak to average, and utilisation of a shard
 * @returns each stream in both modes
 */
export function compareModes(load: Workload, deployment: Deployment, assumptions: Assumptions): ModeComparison[] {
  const { retentionHours } = deployment.streams;
  return streams(load, deployment).map((stream) => {
    const inMode = (peakFactor: number) =>
      total(provisioned(stream, retentionHours, shardsFor(stream, { ...assumptions, peakFactor })));
    const demanded = total(onDemand(stream, retentionHours));
    return {
      role: stream.role,
      recordsPerSecond: stream.flow.perSecond,
      shards: shardsFor(stream, assumptions),
      onDemand: demanded,
      provisioned: inMode(assumptions.peakFactor),
      breakEvenPeakFactor: firstAbove((factor) => inMode(factor) > demanded),
    };
  });
}

/**
 * @returns the smallest factor, to a hundredth, for which `holds` is true; `holds` must be monotonic. Infinity beyond {@link MAX_FACTOR}
 * */
function firstAbove(holds: (factor: number) => boolean): number {
  if (!holds(MAX_FACTOR)) return Infinity;
  let [low, high] = [1, MAX_FACTOR];
  if (holds(low)) return low;
  while (high - low > 0.01) {
    const middle = (low + high) / 2;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return Number(high.toFixed(2));
}
