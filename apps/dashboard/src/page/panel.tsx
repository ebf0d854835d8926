import type { ComponentChildren } from 'preact';

interface PanelProps {
  /** For the id of the heading, and the position in the grid. */
  readonly name: string;
  readonly title: string;
  /** What the panel shows: population, time, unit. */
  readonly note?: ComponentChildren;
  /** Next to the heading. */
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A section of the page with its heading. */
export function Panel({ name, title, note, aside, children }: PanelProps) {
  return (
    <section class={`panel panel-${name}`} aria-labelledby={`${name}-title`}>
      <div class="panel-head">
        <h2 id={`${name}-title`}>{title}</h2>
        {aside}
      </div>
      {note ? <p class="note">{note}</p> : null}
      {children}
    </section>
  );
}

/** The text of a panel without data. */
export function Nothing({ children }: { readonly children: ComponentChildren }) {
  return <p class="nothing">{children}</p>;
}
