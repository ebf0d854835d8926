import { Heap } from 'heap-js';
import { ClockSkew } from './clock-skew';
import { AnomalyDraws } from './anomaly-draws';
import type { Anomaly, Label, MalformedKind } from './label';
import { malformedRecord } from './malformed';
import { eventId, type Occurrence } from './occurrence';
import type { ResolvedSettings } from './settings';
import { hashPosition, ShardTimes } from './shard-times';

/** The two input streams, by their content. */
export type TrafficStream = 'impressions' | 'clicks';

/** A record to send, and its label. */
export interface Emission {
  readonly stream: TrafficStream;
  /** The impression's id, also for clicks. */
  readonly partitionKey: string;
  /** JSON text, or the output of a faulty producer. */
  readonly data: string | Uint8Array;
  /** When to send it, in whole milliseconds since the start; never decreasing. */
  readonly arrivalMs: number;
  readonly label: Label;
}

/** A record in transit. */
interface Parcel {
  readonly occurrence: Occurrence;
  readonly dueAt: number;
  readonly order: number;
  readonly position: number;
  readonly data: string | Uint8Array;
  readonly anomaly: Anomaly;
  readonly malformedKind: MalformedKind | null;
}

/**
 * The transport of the events to the streams. An ordinary event is sent when it happens; others are delayed, duplicated or damaged, and
 * some users have a wrong clock. Out-of-order events and duplicates are never late: they are sent within the out-of-orderness bound minus
 * the slack. A late event is sent only after its shard has received an event that is newer by more than bound plus slack, for every number
 * of shards. At the end of the run, late events for which this has not happened are not sent and have no label.
 */
export class Delivery {
  private readonly anomalies: AnomalyDraws;
  private readonly clockSkew: ClockSkew;
  private readonly onTheWay = new Heap<Parcel>((a, b) => a.dueAt - b.dueAt || a.order - b.order);
  private readonly times: Readonly<Record<TrafficStream, ShardTimes>>;
  /** Late events that are due, but are not late yet for every number of shards. */
  private held: Parcel[] = [];
  private parcels = 0;
  private readonly lateByMs: number;

  constructor(settings: ResolvedSettings) {
    this.anomalies = new AnomalyDraws(settings);
    this.clockSkew = new ClockSkew(settings);
    this.times = { impressions: new ShardTimes(settings.maxShards), clicks: new ShardTimes(settings.maxShards) };
    this.lateByMs = (settings.maxOutOfOrdernessSeconds + settings.slackSeconds) * 1_000;
  }

  /** @param occurrences in order of event time @returns records in order of arrival */
  *deliver(occurrences: Iterable<Occurrence>): Generator<Emission, void> {
    for (const occurrence of occurrences) {
      yield* this.arrivals(occurrence.at - 1);
      this.accept(occurrence);
      yield* this.arrivals(occurrence.at);
    }
    yield* this.arrivals(Infinity);
  }

  private accept(occurrence: Occurrence): void {
    const { at, event } = occurrence;
    // Also drawn for users with a wrong clock, so that the events of other users do not change.
    const drawn = isOrphan(occurrence) ? undefined : this.anomalies.draw(at);
    const skewed = this.clockSkew.apply(occurrence);
    if (skewed !== undefined) return this.acceptSkewed(skewed, at);
    const data = JSON.stringify(event);
    if (drawn === undefined) return this.send(occurrence, at, 'orphan', data);
    switch (drawn.anomaly) {
      case 'none':
        return this.send(occurrence, at, 'none', data);
      case 'malformed': {
        const malformed = malformedRecord(occurrence, drawn.random);
        return this.send(occurrence, at, 'malformed', malformed.data, malformed.kind);
      }
      case 'duplicate':
        this.send(occurrence, at, 'none', data);
        return this.send(occurrence, at + drawn.delay, 'duplicate', data);
      default:
        return this.send(occurrence, at + drawn.delay, drawn.anomaly, data);
    }
  }

  private acceptSkewed(occurrence: Occurrence, sentAt: number): void {
    const data = JSON.stringify(occurrence.event);
    switch (this.clockSkew.outcome) {
      case 'rejected':
        return this.send(occurrence, sentAt, 'malformed', data, 'future_time');
      case 'late':
        return this.send(occurrence, sentAt, 'late', data);
      case 'on_time':
        return this.send(occurrence, sentAt, isOrphan(occurrence) ? 'orphan' : 'out_of_order', data);
    }
  }

  private send(
    occurrence: Occurrence,
    dueAt: number,
    anomaly: Anomaly,
    data: Parcel['data'],
    malformedKind: MalformedKind | null = null,
  ): void {
    const position = hashPosition(occurrence.event.impression_id);
    this.onTheWay.push({ occurrence, dueAt, order: this.parcels++, position, data, anomaly, malformedKind });
  }

  /** @param until milliseconds @returns the records that have arrived by then */
  private *arrivals(until: number): Generator<Emission, void> {
    for (let next = this.onTheWay.peek(); next !== undefined && next.dueAt <= until; next = this.onTheWay.peek()) {
      this.onTheWay.pop();
      if (next.anomaly === 'late' && !this.isLate(next)) {
        this.held.push(next);
        continue;
      }
      yield this.emission(next, next.dueAt);
      if (this.held.length === 0) continue;
      const released = this.held.filter((parcel) => this.isLate(parcel));
      if (released.length === 0) continue;
      this.held = this.held.filter((parcel) => !released.includes(parcel));
      for (const parcel of released) yield this.emission(parcel, next.dueAt);
    }
  }

  private isLate({ occurrence, position }: Parcel): boolean {
    return this.times[streamOf(occurrence)].leastGreatest(position) - occurrence.at > this.lateByMs;
  }

  private emission(parcel: Parcel, arrivalMs: number): Emission {
    const { occurrence, anomaly, position, data, malformedKind } = parcel;
    const { at, event, cause } = occurrence;
    const stream = streamOf(occurrence);
    const times = this.times[stream];
    const overtaken = at < times.greatestOfAll;
    // A rejected record does not advance the watermark, and a clock that is ahead advances it only to the arrival time.
    if (anomaly !== 'malformed') times.observe(position, Math.min(at, arrivalMs));
    const label: Label = {
      event_id: eventId(occurrence),
      event_kind: occurrence.kind,
      event_time: event.event_time,
      arrival_ms: arrivalMs,
      attack: cause.attack,
      hard_negative: cause.hardNegative,
      actor: cause.actor,
      // Delayed, but not overtaken by another event: then it is still in order.
      anomaly: anomaly === 'out_of_order' && !overtaken ? 'none' : anomaly,
      malformed_kind: malformedKind,
      clicked_impression_id: occurrence.kind === 'click' ? event.impression_id : null,
      user_id: event.user_id,
      ip: event.ip ?? '',
      publisher_id: event.publisher_id,
      user_agent: event.user_agent ?? null,
    };
    return { stream, partitionKey: event.impression_id, data, arrivalMs, label };
  }
}

const isOrphan = (occurrence: Occurrence): boolean => occurrence.kind === 'click' && occurrence.orphan;

function streamOf(occurrence: Occurrence): TrafficStream {
  return occurrence.kind === 'click' ? 'clicks' : 'impressions';
}
