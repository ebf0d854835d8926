import type { Alert } from './findings';
import type { LabelledEvent } from './labelled-event';

/** @returns a click of an ordinary visitor at second 0, with the given fields; for tests */
export function labelledEvent(own: Partial<LabelledEvent> = {}): LabelledEvent {
  return {
    id: 'event',
    kind: 'click',
    time: 0,
    userId: 'user',
    ip: '10.0.0.1',
    publisherId: 'publisher',
    userAgent: null,
    attack: null,
    hardNegative: null,
    actor: null,
    ...own,
  };
}

/** @returns an alert of click_velocity_ip on the visitor's address in the first minute, with the given fields; for tests */
export function alert(own: Partial<Alert> = {}): Alert {
  return {
    rule: 'click_velocity_ip',
    actorType: 'ip',
    actorId: '10.0.0.1',
    windowStart: 0,
    windowEnd: 60_000,
    ...own,
  };
}
