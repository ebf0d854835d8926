import PDFDocument from 'pdfkit';

/** What a shape stands for; what it looks like follows from it, on paper, on a light and on a dark page. */
export type Role =
  'outside' | 'stream' | 'compute' | 'store' | 'archive' | 'failure' | 'watch' | 'data' | 'quiet' | 'text' | 'caption';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box {
  readonly kind: 'box';
  readonly role: Role;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Text {
  readonly kind: 'text';
  readonly role: Role;
  readonly x: number;
  /** Of the baseline. */
  readonly y: number;
  readonly size: number;
  readonly bold: boolean;
  readonly anchor: 'start' | 'middle';
  readonly text: string;
}

export interface Line {
  readonly kind: 'line';
  readonly role: Role;
  readonly points: readonly Point[];
  readonly dashed: boolean;
}

export type Shape = Box | Text | Line;

/** A picture, in points of 1/72 inch. */
export interface Drawing {
  readonly title: string;
  /** For who cannot see it. */
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

/** Fonts that every PDF reader has, so that no font need be embedded, and whose metrics Arial shares. */
export const FONTS = { normal: 'Helvetica', bold: 'Helvetica-Bold' } as const;

const measure = new PDFDocument({ autoFirstPage: false });

/**
 * @param text one line
 * @param size of the font
 * @param bold or not
 * @returns its width
 */
export function textWidth(text: string, size: number, bold = false): number {
  return measure
    .font(bold ? FONTS.bold : FONTS.normal)
    .fontSize(size)
    .widthOfString(text);
}

/**
 * @param text words
 * @param width of the lines
 * @param size of the font
 * @returns the text in lines; a word that is longer than a line is broken after `-`, `_`, `.`, `/` or `:`, or has a line of its own
 */
export function wrap(text: string, width: number, size: number, bold = false): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((one, i) => parts(one, width, size, bold, i > 0))) {
    const longer = line + word.text;
    if (line !== '' && textWidth(longer.trim(), size, bold) > width) {
      lines.push(line.trim());
      line = word.text.trimStart();
    } else line = longer;
  }
  return line.trim() === '' ? lines : [...lines, line.trim()];
}

function parts(word: string, width: number, size: number, bold: boolean, space: boolean): { text: string }[] {
  const before = space ? ' ' : '';
  if (textWidth(word, size, bold) <= width) return [{ text: before + word }];
  const pieces = word.split(/(?<=[-_./:])/);
  return pieces.map((piece, i) => ({ text: (i === 0 ? before : '') + piece }));
}
