import type { ComponentChildren } from 'preact';

/** A column's heading. */
export interface Column {
  readonly name: string;
  /** Numbers stand on the right, below each other. */
  readonly isNumber?: boolean;
}

interface DataTableProps {
  readonly caption: ComponentChildren;
  /** Only for those who do not see the table: a heading is above it already. */
  readonly hideCaption?: boolean;
  /** Only for those who do not see the table: its cells speak for themselves. */
  readonly hideHead?: boolean;
  readonly columns: readonly Column[];
  readonly kind?: string;
  /** Rows. */
  readonly children: ComponentChildren;
}

/** A table that a screen reader can tell about. */
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

/** A part of the page that scrolls by itself, also with the keyboard. */
export function Scrollable({ label, children }: { readonly label: string; readonly children: ComponentChildren }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={label}>
      {children}
    </div>
  );
}
