import type { Click, Impression } from '@ad-analytics/event-schemas';
import type { Emission } from '@ad-analytics/traffic-model';

/** Impressions and clicks of a campaign in a window. */
export type WindowFigures = Readonly<{ impressions: number; clicks: number }>;

/** The results that the pipeline must produce from a recorded run. Event ids are sorted. */
export interface Expectations {
  readonly impression: StreamExpectation;
  readonly click: StreamExpectation;
  readonly attributed: readonly string[];
  readonly unattributed: readonly string[];
  readonly lateIds: readonly string[];
  /** The rejected records themselves, base64, sorted. */
  readonly rejectedData: readonly string[];
  /** By "window start|campaign". */
  readonly windows: Readonly<Record<string, WindowFigures>>;
}

interface StreamExpectation {
  readonly records: number;
  readonly rejected: number;
  readonly late: number;
  readonly duplicates: number;
  readonly accepted: number;
}

/** The class of an event, and its time in milliseconds since the epoch. */
interface Accepted {
  readonly id: string;
  readonly impressionId: string;
  readonly time: number;
}

const windowStart = (time: number, windowSeconds: number) =>
  new Date(time - (time % (windowSeconds * 1_000))).toISOString();

/** @returns the record in the order of its keys, so that equal ones are equal as JSON */
export function sorted<T>(record: ReadonlyMap<string, T>): Record<string, T> {
  return Object.fromEntries([...record].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Computes the expected results from the generator's labels only, without any code of the job.
 * @param emissions in order of arrival
 * @param settings of the job
 */
export function expectationsOf(
  emissions: readonly Pick<Emission, 'stream' | 'data' | 'label'>[],
  settings: { attributionSeconds: number; windowSeconds: number },
): Expectations {
  const zero = () => ({ records: 0, rejected: 0, late: 0, duplicates: 0, accepted: 0 });
  const counts = { impressions: zero(), clicks: zero() };
  const accepted: Record<Emission['stream'], Accepted[]> = { impressions: [], clicks: [] };
  const lateIds: string[] = [];
  const rejectedData: string[] = [];
  const windows = new Map<string, { impressions: number; clicks: number }>();
  for (const { stream, data, label } of emissions) {
    const count = counts[stream];
    count.records += 1;
    if (label.anomaly === 'malformed') {
      count.rejected += 1;
      rejectedData.push(Buffer.from(data as string).toString('base64'));
    } else if (label.anomaly === 'late') {
      count.late += 1;
      lateIds.push(label.event_id);
    } else if (label.anomaly === 'duplicate') {
      count.duplicates += 1;
    } else {
      count.accepted += 1;
      const event = JSON.parse(data as string) as Impression | Click;
      const time = Date.parse(event.event_time);
      accepted[stream].push({ id: label.event_id, impressionId: event.impression_id, time });
      const key = `${windowStart(time, settings.windowSeconds)}|${event.campaign_id}`;
      const figures = windows.get(key) ?? { impressions: 0, clicks: 0 };
      figures[stream] += 1;
      windows.set(key, figures);
    }
  }
  const shown = new Map(accepted.impressions.map((impression) => [impression.id, impression.time]));
  const isAttributed = ({ impressionId, time }: Accepted) => {
    const delay = time - (shown.get(impressionId) ?? NaN);
    return delay >= 0 && delay <= settings.attributionSeconds * 1_000;
  };
  const ids = (clicks: Accepted[]) => clicks.map((click) => click.id).sort();
  return {
    impression: counts.impressions,
    click: counts.clicks,
    attributed: ids(accepted.clicks.filter(isAttributed)),
    unattributed: ids(accepted.clicks.filter((click) => !isAttributed(click))),
    lateIds: lateIds.sort(),
    rejectedData: rejectedData.sort(),
    windows: sorted(windows),
  };
}

/** The actual results, in the same form as the expected ones. */
export type Findings = Pick<Expectations, 'attributed' | 'unattributed' | 'lateIds' | 'rejectedData' | 'windows'>;
