import type { ActorType, FraudRule, InvalidReason, ResultOf } from '@ad-analytics/event-schemas';

/** An alert on an actor. */
export interface Alert {
  readonly rule: FraudRule;
  readonly actorType: ActorType;
  readonly actorId: string;
  /** Epoch milliseconds. The end is exclusive; it is also the event time at which the alert is known. */
  readonly windowStart: number;
  readonly windowEnd: number;
}

/** All findings of the rules. */
export interface Findings {
  readonly alerts: readonly Alert[];
  /** Reasons by click_id, for the clicks with reasons. */
  readonly reasons: ReadonlyMap<string, readonly InvalidReason[]>;
}

type AlertPayload = Pick<
  ResultOf<'fraud_alert'>['fraud_alert'],
  'rule' | 'actor_type' | 'actor_id' | 'window_start' | 'window_end'
>;
type ClickPayload = Pick<ResultOf<'attributed_click'>['attributed_click'], 'click_id' | 'invalid_reasons'>;

/** Collects findings from the payloads of results; repeated deliveries have no effect. */
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
