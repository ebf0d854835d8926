import type { ActorType, FraudRule, InvalidReason, ResultOf } from '@ad-analytics/event-schemas';

/** An alert on an actor. */
export interface Alert {
  readonly rule: FraudRule;
  readonly actorType: ActorType;
  readonly actorId: string;
  /** Epoch milliseconds; the end is exclusive, and when the alert is known, in event time. */
  readonly windowStart: number;
  readonly windowEnd: number;
}

/** All that the rules have found. */
export interface Findings {
  readonly alerts: readonly Alert[];
  /** Reasons by click_id, of the clicks that have any. */
  readonly reasons: ReadonlyMap<string, readonly InvalidReason[]>;
}

type AlertPayload = Pick<
  ResultOf<'fraud_alert'>['fraud_alert'],
  'rule' | 'actor_type' | 'actor_id' | 'window_start' | 'window_end'
>;
type ClickPayload = Pick<ResultOf<'attributed_click'>['attributed_click'], 'click_id' | 'invalid_reasons'>;

/** Gathers findings from the payloads of results; one that is delivered again changes nothing. */
export class FindingsCollector {
  private readonly alerts = new Map<string, Alert>();
  private readonly reasons = new Map<string, readonly InvalidReason[]>();

  addAlert(recordId: string, { rule, actor_type, actor_id, window_start, window_end }: AlertPayload): void {
    this.alerts.set(recordId, {
      rule,
      actorType: actor_type,
      actorId: actor_id,
      windowStart: Date.parse(window_start),
      windowEnd: Date.parse(window_end),
    });
  }

  addClick({ click_id, invalid_reasons }: ClickPayload): void {
    if (invalid_reasons.length > 0) this.reasons.set(click_id, invalid_reasons);
  }

  findings(): Findings {
    return { alerts: [...this.alerts.values()], reasons: this.reasons };
  }
}
