import { RECORD_TYPES, type RecordType } from '@ad-analytics/event-schemas';
import type { MeasuredTraffic, RecordSizes, ResultSizes } from './measured-traffic';

/** Inputs of the calculator. */
export interface WorkloadInputs {
  /** Records per second of both input streams together, as an average over a month. */
  readonly eventsPerSecond: number;
  /** Share of clicks among the records, 0 to 1; default: the measured one. */
  readonly clickShare?: number;
  /** Bytes of an input record of both streams; default: the measured size of each stream. */
  readonly recordBytes?: number;
  /** Results per input record, without windows of campaigns and other keys; default: the measured number. */
  readonly resultsPerEvent?: number;
  /** Keys with a window of `campaign_metrics`; default: the measured number. */
  readonly keysInWindow?: number;
  /** `metrics.window.seconds`. */
  readonly windowSeconds: number;
}

/** Records of one stream. */
export interface RecordFlow extends Omit<RecordSizes, 'records'> {
  readonly perSecond: number;
}

/** Results of one type. */
export interface ResultFlow extends Omit<ResultSizes, 'records'> {
  readonly perSecond: number;
}

/** Load of the pipeline per second, as an average over a month. */
export interface Workload {
  readonly eventsPerSecond: number;
  readonly impressions: RecordFlow;
  readonly clicks: RecordFlow;
  readonly results: Readonly<Record<RecordType, ResultFlow>>;
}

/** Types whose number of results depends on windows and keys instead of events. */
const WINDOWED_BY_KEY = ['campaign_metrics', 'attribution_metrics'] as const;

const isWindowedByKey = (type: RecordType): boolean => (WINDOWED_BY_KEY as readonly RecordType[]).includes(type);

const KB = 1024;

function flow({ records: _, ...sizes }: RecordSizes, perSecond: number, bytes?: number): RecordFlow {
  if (bytes === undefined) return { perSecond, ...sizes };
  const units = (of: number) => Math.ceil(bytes / of);
  return { perSecond, bytes, kilobytes: units(KB), fiveKilobytes: units(5 * KB), putUnits: units(25 * KB) };
}

/**
 * Scales a measured run. Results that depend on events (attributed clicks, windows of users) scale with the number of events, assuming that
 * more traffic comes from more users with the same behaviour. There is one result per window of a campaign or another key, for any number
 * of events.
 * @param measured the run
 * @param inputs of the user
 * @returns the load
 */
export function workload(measured: MeasuredTraffic, inputs: WorkloadInputs): Workload {
  const { eventsPerSecond, windowSeconds, keysInWindow = measured.keysInWindow } = inputs;
  const events = measured.impressions.records + measured.clicks.records;
  const clickShare = inputs.clickShare ?? measured.clicks.records / events;
  const byEvent = RECORD_TYPES.filter((type) => !isWindowedByKey(type));
  const measuredPerEvent = byEvent.reduce((sum, type) => sum + measured.results[type].records, 0) / events;
  const scale = inputs.resultsPerEvent === undefined ? 1 : inputs.resultsPerEvent / measuredPerEvent;
  const perSecond = (type: RecordType): number => {
    if (type === 'campaign_metrics') return keysInWindow / windowSeconds;
    if (type === 'attribution_metrics') return measured.campaignsInWindow / windowSeconds;
    return (eventsPerSecond * scale * measured.results[type].records) / events;
  };
  return {
    eventsPerSecond,
    impressions: flow(measured.impressions, eventsPerSecond * (1 - clickShare), inputs.recordBytes),
    clicks: flow(measured.clicks, eventsPerSecond * clickShare, inputs.recordBytes),
    results: Object.fromEntries(
      RECORD_TYPES.map((type): [RecordType, ResultFlow] => {
        const { records: _, ...sizes } = measured.results[type];
        return [type, { perSecond: perSecond(type), ...sizes }];
      }),
    ) as Record<RecordType, ResultFlow>,
  };
}

/**
 * @param flows of one stream
 * @returns their sum, with mean sizes
 */
function together(flows: readonly RecordFlow[]): RecordFlow {
  const perSecond = flows.reduce((sum, one) => sum + one.perSecond, 0);
  const mean = (size: 'bytes' | 'kilobytes' | 'fiveKilobytes' | 'putUnits') =>
    perSecond === 0 ? 0 : flows.reduce((sum, one) => sum + one.perSecond * one[size], 0) / perSecond;
  return {
    perSecond,
    bytes: mean('bytes'),
    kilobytes: mean('kilobytes'),
    fiveKilobytes: mean('fiveKilobytes'),
    putUnits: mean('putUnits'),
  };
}

/** @returns the total of the results stream */
export function allResults({ results }: Workload): RecordFlow {
  return together(Object.values(results));
}
