import type { ActorType, Source } from '@ad-analytics/event-schemas';
import type { Alert, Findings } from './findings';
import type { LabelledEvent } from './labelled-event';
import type { Rule } from './rules';

/** An accusation of one event by one rule. */
export interface Accusation {
  readonly rule: Rule;
  /** The earliest time at which it was known, in event time: end of the first alert's window, or the time of the click with a reason. */
  readonly knownAt: number;
  /** The accused actor: that of the alert, or the user of the click with a reason. */
  readonly actorType: ActorType;
  readonly actorId: string;
}

/** The kinds of events that a rule's alerts accuse. */
export type Accuses = (rule: Rule) => readonly Source[];

interface Windows {
  readonly rule: Rule;
  readonly actorType: ActorType;
  readonly actorId: string;
  /** Sorted by start; a rule has windows of one length. */
  readonly windows: Alert[];
}

const actorKey = (actorType: ActorType, actorId: string) => `${actorType}:${actorId}`;

/**
 * Finds the accusations of an event: a reason of the click, or an alert on its address, user or publisher whose window contains the event.
 * */
export class AccusationIndex {
  private readonly byActor = new Map<string, Windows[]>();

  /** @param findings of the rules @param accuses kinds of events by rule */
  constructor(
    private readonly findings: Findings,
    private readonly accuses: Accuses,
  ) {
    for (const alert of findings.alerts) {
      const { rule, actorType, actorId } = alert;
      const key = actorKey(actorType, actorId);
      const groups = this.byActor.get(key) ?? [];
      this.byActor.set(key, groups);
      const group = groups.find((one) => one.rule === rule);
      if (group) group.windows.push(alert);
      else groups.push({ rule, actorType, actorId, windows: [alert] });
    }
    for (const groups of this.byActor.values())
      for (const { windows } of groups) windows.sort((a, b) => a.windowStart - b.windowStart);
  }

  /** @returns all accusations of the event, at most one by rule and actor */
  of(event: LabelledEvent): Accusation[] {
    const { time, userId, ip, publisherId } = event;
    const accusations: Accusation[] = [];
    if (event.kind === 'click') {
      for (const rule of this.findings.reasons.get(event.id) ?? [])
        accusations.push({ rule, knownAt: time, actorType: 'user', actorId: userId });
    }
    for (const key of [actorKey('ip', ip), actorKey('user', userId), actorKey('publisher', publisherId)]) {
      for (const { rule, actorType, actorId, windows } of this.byActor.get(key) ?? []) {
        if (!this.accuses(rule).includes(event.kind)) continue;
        const window = firstWindowWith(windows, time);
        if (window !== undefined) accusations.push({ rule, knownAt: window.windowEnd, actorType, actorId });
      }
    }
    return accusations;
  }
}

/** @returns the earliest window that contains the time; the windows have one length and are sorted by start */
function firstWindowWith(windows: readonly Alert[], time: number): Alert | undefined {
  let low = 0;
  let high = windows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((windows[middle] as Alert).windowEnd > time) high = middle;
    else low = middle + 1;
  }
  const window = windows[low];
  return window !== undefined && window.windowStart <= time ? window : undefined;
}
