import { formatEventTime } from '@ad-analytics/event-schemas';

/** Logs of one kind that a system was reported to fail on, and what must become of them. */
export interface ReportedCase {
  /** What holds, the end of a sentence that begins with the name of the log. */
  readonly name: string;
  /** Lines of the log, without line ends, as a user has them. */
  readonly impressions: readonly string[];
  readonly clicks: readonly string[];
  /** Invalid reasons of each click that finds its impression, by click_id. */
  readonly attributed: Readonly<Record<string, readonly string[]>>;
  /** Clicks that find none. */
  readonly unattributed?: readonly string[];
  /** How many records are rejected, by the field that the reason names; `record` for the whole. */
  readonly rejected: Readonly<Record<string, number>>;
  /** Actors that a rule must accuse, each as rule:actor_id; all others of the case must not be. */
  readonly accused?: readonly string[];
}

/** In the past of every machine: a record from the future is rejected. */
const START = Date.parse('2024-08-01T10:00:00.000Z');
const DAY_MS = 86_400_000;

/** Writes the events of one case: its own day, campaign and identifiers, so that the cases share one run. */
export class CaseEvents {
  constructor(
    private readonly name: string,
    private readonly day: number,
  ) {}

  /** @param seconds after ten o'clock of the case's day @returns the time as the contract has it */
  at(seconds: number): string {
    return formatEventTime(START + this.day * DAY_MS + Math.round(seconds * 1_000));
  }

  /** @returns an identifier of this case */
  id(id: string): string {
    return `${this.name}-${id}`;
  }

  private event(own: object, seconds: number, user: string, fields: object): object {
    const campaign = { campaign_id: this.id('c'), ad_id: 'ad', publisher_id: this.id('p') };
    return { ...own, event_time: this.at(seconds), user_id: this.id(user), ...campaign, ...fields };
  }

  /** @param fields that differ @returns a line */
  impression(id: string, seconds: number, fields: object = {}): string {
    return JSON.stringify(this.event({ impression_id: this.id(id) }, seconds, `u-${id}`, fields));
  }

  /** @param on the impression that is clicked @returns a line */
  click(id: string, on: string, seconds: number, fields: object = {}): string {
    const ids = { click_id: this.id(id), impression_id: this.id(on) };
    return JSON.stringify(this.event(ids, seconds, `u-${on}`, fields));
  }
}

/** @param reason of a rejected record @returns the field that it names, or "record" where it speaks of the whole */
export function fieldOf(reason: string): string {
  return /^(\w+):/.exec(reason)?.[1] ?? 'record';
}
