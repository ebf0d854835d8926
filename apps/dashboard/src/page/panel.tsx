import type { ComponentChildren } from 'preact';

interface PanelProps {
  /** For the heading's id, and the place in the grid. */
  readonly name: string;
  readonly title: string;
  /** What exactly is shown: population, time, unit. */
  readonly note?: ComponentChildren;
  /** Beside the heading. */
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

/** What a panel says that has nothing to show yet. */
export function Nothing({ children }: { readonly children: ComponentChildren }) {
  return <p class="nothing">{children}</p>;
}
