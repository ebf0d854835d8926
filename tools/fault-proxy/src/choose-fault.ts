import { Choice } from './choice';
import type { AwsRequest, Service } from './aws-request';
import { FAULT_KINDS, type FaultKind, canHappenTo } from './fault-kinds';

/** The faults that the proxy injects. */
export interface FaultPlan {
  readonly seed: number;
  /** Share of the requests, 0 to 1, by kind; 1 or less in total. A fault that does not apply to a request leaves the request unchanged. */
  readonly shares: Readonly<Partial<Record<FaultKind, number>>>;
  /** Only requests to these services fail. Default: all services. */
  readonly services?: readonly Service[];
  /** Faults come only in the last `lengthMs` of every `everyMs`; all the time unless given. */
  readonly bursts?: { readonly everyMs: number; readonly lengthMs: number };
  /** Maximum delay of a response in milliseconds. The minimum is half of it. */
  readonly slowMs?: number;
}

const SLOW_MS = 2_000;
const STEPS = 1_000_000;

/** Draws from the plan, request by request. The same requests at the same times get the same faults. */
export class FaultChooser {
  private readonly choice: Choice;

  /** @throws RangeError when the shares or the bursts are impossible */
  constructor(private readonly plan: FaultPlan) {
    const shares = Object.values(plan.shares);
    const total = shares.reduce((sum, share) => sum + share, 0);
    if (shares.some((share) => !(share >= 0)) || total > 1 + 1e-9)
      throw new RangeError(`The shares of the faults must be 0 or more, and 1 or less in total: ${total}`);
    const { bursts } = plan;
    if (bursts !== undefined && !(bursts.lengthMs > 0 && bursts.lengthMs <= bursts.everyMs))
      throw new RangeError(`A burst of ${bursts.lengthMs} ms does not fit into ${bursts.everyMs} ms`);
    this.choice = new Choice(plan.seed);
  }

  /** @param elapsedMs since the faults began @returns the fault of the request; undefined for no fault */
  next(request: AwsRequest, elapsedMs: number): FaultKind | undefined {
    let draw = this.choice.below(STEPS) / STEPS;
    const { shares, bursts, services } = this.plan;
    if (services !== undefined && !services.some((service) => service === request.service)) return undefined;
    if (bursts !== undefined && elapsedMs % bursts.everyMs < bursts.everyMs - bursts.lengthMs) return undefined;
    const kind = FAULT_KINDS.find((known) => (draw -= shares[known] ?? 0) < 0);
    return kind !== undefined && canHappenTo(kind, request) ? kind : undefined;
  }

  /** @param count of entries, 1 or more @returns which of them are not written: at least one */
  refused(count: number): boolean[] {
    const always = this.choice.below(count);
    return Array.from({ length: count }, (_, at) => at === always || this.choice.oneIn(3));
  }

  /** @returns the delay of a response in milliseconds */
  delayMs(): number {
    const most = this.plan.slowMs ?? SLOW_MS;
    return most / 2 + this.choice.below(Math.max(1, Math.round(most / 2)));
  }

  /** @returns true or false with equal probability */
  either(): boolean {
    return this.choice.oneIn(2);
  }
}
