const INK = '#1f2933';
export const QUIET = '#7b8794';
export const GRID = '#e4e7eb';
/** Told apart by people who do not see all colours. */
export const COLOURS = ['#0b5fa5', '#d9480f', '#2b8a3e', '#862e9c', '#b08900', '#495057'] as const;

const round = (value: number) => Number(value.toFixed(1));

/** @returns the text, escaped for SVG */
const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** @returns an element; numbers are rounded to tenths of a pixel */
export function element(name: string, attributes: Readonly<Record<string, string | number>>, content?: string): string {
  const list = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? round(value) : escaped(value)}"`)
    .join('');
  return content === undefined ? `<${name}${list}/>` : `<${name}${list}>${content}</${name}>`;
}

/** @returns a text at a place */
export function label(
  x: number,
  y: number,
  text: string,
  options: { anchor?: 'start' | 'middle' | 'end'; fill?: string; weight?: string } = {},
): string {
  const { anchor = 'start', fill = INK, weight = 'normal' } = options;
  return element('text', { x, y, 'text-anchor': anchor, fill, 'font-weight': weight }, escaped(text));
}

/** @returns a whole picture on white, so that it can be read on a dark page */
export function picture(width: number, height: number, title: string, content: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${round(height)}" viewBox="0 0 ${width} ${round(height)}" font-family="Helvetica, Arial, sans-serif" font-size="12" role="img">`,
    `<title>${escaped(title)}</title>`,
    '<rect width="100%" height="100%" fill="#ffffff"/>',
    ...content,
    '</svg>',
    '',
  ].join('\n');
}
