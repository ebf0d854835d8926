import PDFDocument from 'pdfkit';

/** The role of a shape. It determines the colours on paper, on a light and on a dark page. */
export type Role =
  'outside' | 'stream' | 'compute' | 'store' | 'archive' | 'failure' | 'watch' | 'data' | 'quiet' | 'text' | 'caption';

export interface Point {
  readonly x: number;
  readonly y: number;
}

interface Box {
  readonly kind: 'box';
  readonly role: Role;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Text {
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
  /** Text alternative. */
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

/** Standard fonts of PDF, which need not be embedded; Arial has the same metrics. */
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

/** Positions where a long word may be broken: after a punctuation mark and before a capital. */
const BREAKS = /(?<=[-_./:])|(?<=[a-z])(?=[A-Z])/;

/**
 * @param text words
 * @param width of the lines
 * @param size of the font
 * @param bold or not
 * @returns the text in lines of at most this width; a longer word is broken at an allowed position, otherwise anywhere
 */
export function wrap(text: string, width: number, size: number, bold = false): string[] {
  const lines: string[] = [];
  let line = '';
  const add = (part: string, space: boolean) => {
    const longer = line === '' ? part : `${line}${space ? ' ' : ''}${part}`;
    if (line === '' || textWidth(longer, size, bold) <= width) {
      line = longer;
      return;
    }
    lines.push(line);
    line = part;
  };
  for (const word of text.split(' ').filter((one) => one !== '')) {
    for (const [i, part] of pieces(word, width, size, bold).entries()) add(part, i === 0);
  }
  return line === '' ? lines : [...lines, line];
}

/** @returns the word in pieces that fit on a line */
function pieces(word: string, width: number, size: number, bold: boolean): string[] {
  const fits = (text: string) => textWidth(text, size, bold) <= width;
  if (fits(word)) return [word];
  return word.split(BREAKS).flatMap((piece) => {
    const cut: string[] = [];
    let rest = piece;
    while (!fits(rest) && rest.length > 1) {
      let end = rest.length - 1;
      while (end > 1 && !fits(rest.slice(0, end))) end -= 1;
      cut.push(rest.slice(0, end));
      rest = rest.slice(end);
    }
    return [...cut, rest];
  });
}
