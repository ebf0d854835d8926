import { HEIGHT, sparklinePath, WIDTH } from './sparkline-path';

/** A line without axes, next to its figure. */
export function Sparkline({ values }: { readonly values: readonly (number | null)[] }) {
  return (
    <svg class="sparkline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <path d={sparklinePath(values)} />
    </svg>
  );
}
