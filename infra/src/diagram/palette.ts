import type { Role } from './drawing';

/** Colours of a role: the fill of a box, its border or a line, its text. */
export interface Colours {
  readonly fill: string;
  readonly stroke: string;
  readonly text: string;
}

type Palette = Readonly<Record<Role, Colours>>;

const on = (fill: string, stroke: string, text: string): Colours => ({ fill, stroke, text });

/** For a light page and paper. Text has a contrast of at least 4.5 with its background. */
export const LIGHT: Palette = {
  outside: on('#ffffff', '#6b7280', '#1f2937'),
  stream: on('#ede9fe', '#6d28d9', '#2e1065'),
  compute: on('#ffedd5', '#c2410c', '#431407'),
  store: on('#dbeafe', '#1d4ed8', '#172554'),
  archive: on('#dcfce7', '#15803d', '#052e16'),
  failure: on('#fee2e2', '#b91c1c', '#450a0a'),
  watch: on('#fce7f3', '#be185d', '#500724'),
  data: on('none', '#374151', '#374151'),
  quiet: on('#f3f4f6', '#9ca3af', '#374151'),
  text: on('none', 'none', '#111827'),
  caption: on('none', 'none', '#4b5563'),
};

/** For the dark page of a code host. */
export const DARK: Palette = {
  outside: on('#0d1117', '#9ca3af', '#e5e7eb'),
  stream: on('#2e1065', '#a78bfa', '#ede9fe'),
  compute: on('#431407', '#fb923c', '#ffedd5'),
  store: on('#172554', '#60a5fa', '#dbeafe'),
  archive: on('#052e16', '#4ade80', '#dcfce7'),
  failure: on('#450a0a', '#f87171', '#fee2e2'),
  watch: on('#500724', '#f472b6', '#fce7f3'),
  data: on('none', '#d1d5db', '#d1d5db'),
  quiet: on('#1f2937', '#6b7280', '#d1d5db'),
  text: on('none', 'none', '#f3f4f6'),
  caption: on('none', 'none', '#9ca3af'),
};
