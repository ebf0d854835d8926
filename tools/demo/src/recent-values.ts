/** The latest values of a series, for a moving median. */
export class RecentValues {
  private readonly values: number[] = [];

  /** @param size number of values */
  constructor(private readonly size: number) {}

  add(value: number): void {
    this.values.push(value);
    if (this.values.length > this.size) this.values.shift();
  }

  /** @returns the middle value (the upper one of two), or undefined before the first */
  median(): number | undefined {
    const sorted = [...this.values].sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)];
  }
}
