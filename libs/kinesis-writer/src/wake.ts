import type { Clock } from './clock';

/**
 * One timer for the earliest of many requested times: each `put` requests a wake-up, and a separate timer would cost
 * more than the put.
 */
export class Wake {
  private armedFor = Infinity;
  private disarm: () => void = () => {};

  constructor(
    private readonly clock: Clock,
    private readonly action: () => void,
  ) {}

  /**
   * Calls the action at that time, or earlier if an earlier call is already scheduled; then the action must request its
   * time again.
   */
  at(time: number): void {
    if (time >= this.armedFor) return;
    this.disarm();
    this.armedFor = time;
    this.disarm = this.clock.schedule(Math.max(0, time - this.clock.now()), () => {
      this.armedFor = Infinity;
      this.action();
    });
  }

  cancel(): void {
    this.disarm();
    this.armedFor = Infinity;
  }
}
