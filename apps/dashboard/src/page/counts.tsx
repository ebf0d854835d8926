import { formatCount } from './format';

/** One line of a list of counts. */
export interface Counted {
  readonly name: string;
  readonly count: number;
  /** For those who look it up in the page. */
  readonly step?: string;
}

/** Names with their counts, one a line; long names are cut, and shown whole when pointed at. */
export function Counts({ items }: { readonly items: readonly Counted[] }) {
  return (
    <ul class="counts">
      {items.map(({ name, count, step }) => (
        <li key={name} data-step={step}>
          <span class="clamped" dir="auto" title={name}>
            {name}
          </span>{' '}
          <b data-figure>{formatCount(count)}</b>
        </li>
      ))}
    </ul>
  );
}
