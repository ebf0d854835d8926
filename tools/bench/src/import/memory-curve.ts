/** Memory of a process at a moment. */
export interface MemorySample {
  readonly seconds: number;
  readonly bytes: number;
}

/**
 * @param samples in the order of time
 * @param points wanted at most
 * @returns the greatest sample of each of as many equal parts: no peak is left out
 */
export function thinned(samples: readonly MemorySample[], points: number): MemorySample[] {
  const each = Math.max(1, Math.ceil(samples.length / points));
  return Array.from({ length: Math.ceil(samples.length / each) }, (_, part) =>
    samples.slice(part * each, (part + 1) * each).reduce((most, sample) => (sample.bytes > most.bytes ? sample : most)),
  );
}
