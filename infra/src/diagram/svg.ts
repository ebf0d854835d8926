import type { Drawing, Line, Point, Shape } from './drawing';
import { DARK, LIGHT, type Colours } from './palette';

const number = (value: number) => String(Number(value.toFixed(1)));

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function styles(palette: Readonly<Record<string, Colours>>): string {
  return Object.entries(palette)
    .map(
      ([role, { fill, stroke, text }]) =>
        `.${role}{fill:${fill};stroke:${stroke}}.${role}-line{stroke:${stroke}}.${role}-head{fill:${stroke}}.${role}-text{fill:${text}}`,
    )
    .join('');
}

const ARROW = 7;

/** @returns corners of the arrow's head at the end of a line */
export function arrowHead(points: readonly Point[]): Point[] {
  const [before, end] = points.slice(-2);
  if (before === undefined || end === undefined) return [];
  const length = Math.hypot(end.x - before.x, end.y - before.y) || 1;
  const [dx, dy] = [(end.x - before.x) / length, (end.y - before.y) / length];
  const base = { x: end.x - dx * ARROW, y: end.y - dy * ARROW };
  const half = ARROW / 2;
  return [end, { x: base.x - dy * half, y: base.y + dx * half }, { x: base.x + dy * half, y: base.y - dx * half }];
}

function line({ points, role, dashed }: Line): string {
  const at = (all: readonly Point[]) => all.map(({ x, y }) => `${number(x)},${number(y)}`).join(' ');
  return (
    `<polyline class="${role}-line" points="${at(points)}" fill="none" stroke-width="1.4"${dashed ? ' stroke-dasharray="5 3"' : ''}/>` +
    `<polygon class="${role}-head" points="${at(arrowHead(points))}"/>`
  );
}

function shape(one: Shape): string {
  if (one.kind === 'line') return line(one);
  const { role, x, y } = one;
  if (one.kind === 'box')
    return `<rect class="${role}" x="${number(x)}" y="${number(y)}" width="${number(one.width)}" height="${number(one.height)}" rx="6" stroke-width="1.2"/>`;
  const anchor = one.anchor === 'middle' ? ' text-anchor="middle"' : '';
  const weight = one.bold ? ' font-weight="bold"' : '';
  return `<text class="${role}-text" x="${number(x)}" y="${number(y)}" font-size="${one.size}"${anchor}${weight}>${escape(one.text)}</text>`;
}

/**
 * @param drawing the picture
 * @returns it as SVG, which follows the reader's light or dark scheme; the same drawing gives the same text
 */
export function svg({ title, description, width, height, shapes }: Drawing): string {
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${number(width)} ${number(height)}" width="${number(width)}" height="${number(height)}" role="img" aria-labelledby="title description" font-family="Helvetica, Arial, sans-serif">`,
    `<title id="title">${escape(title)}</title>`,
    `<desc id="description">${escape(description)}</desc>`,
    `<style>${styles(LIGHT)}@media (prefers-color-scheme: dark){${styles(DARK)}}</style>`,
    ...shapes.map(shape),
    '</svg>',
  ].join('\n')}\n`;
}
