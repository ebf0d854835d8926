import { formatCount } from './format';

/** One line of a list of counts. */
export interface Counted {
  readonly name: string;
  readonly count: number;
  /** Attribute by which tests find the line. */
  readonly step?: string;
}

/** Names with their counts, one per line. Long names are truncated; a tooltip shows the whole name. */
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
