import type { ComponentChildren } from 'preact';

/** The heading of a column. */
export interface Column {
  readonly name: string;
  /** True for numbers, which are right-aligned. */
  readonly isNumber?: boolean;
}

interface DataTableProps {
  readonly caption: ComponentChildren;
  /** Only for screen readers: a visible heading is above the table. */
  readonly hideCaption?: boolean;
  /** Only for screen readers: the cells are self-explanatory. */
  readonly hideHead?: boolean;
  readonly columns: readonly Column[];
  readonly kind?: string;
  /** Rows. */
  readonly children: ComponentChildren;
}

/** A table that is accessible to screen readers. */
export function DataTable({ caption, hideCaption, hideHead, columns, kind, children }: DataTableProps) {
  return (
    <table class={kind}>
      <caption class={hideCaption ? 'visually-hidden' : undefined}>{caption}</caption>
      <thead class={hideHead ? 'visually-hidden' : undefined}>
        <tr>
          {columns.map(({ name, isNumber }) => (
            <th key={name} scope="col" class={isNumber ? 'number' : undefined}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

/** A part of the page that scrolls separately, also with the keyboard. */
export function Scrollable({ label, children }: { readonly label: string; readonly children: ComponentChildren }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={label}>
      {children}
    </div>
  );
}
