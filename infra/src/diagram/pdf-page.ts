import PDFDocument from 'pdfkit';
import { type Drawing, FONTS, wrap } from './drawing';
import { LIGHT } from './palette';
import { drawShape } from './pdf-shapes';

/** A4 landscape, in points. */
const PAGE = { width: 842, height: 595 } as const;
const MARGIN = 40;
/** A constant creation date, because the same stack must give the same bytes. */
const UNDATED = new Date('2000-01-01T00:00:00Z');
const BODY = 9;
const CELL = { x: 4, y: 3 } as const;
const GAP = 12;
const CONTENTS_COLUMNS = 3;
const CONTENTS_LINE = 15;

/** A table of a page. */
export interface PageTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Widths of the columns, as shares of the page. */
  readonly widths: readonly number[];
}

/** A document of landscape pages, with bookmarks for headings and page numbers. */
export class Pages {
  private readonly document: PDFKit.PDFDocument;
  private readonly done: Promise<Buffer>;
  private y = MARGIN;
  private readonly chapters: { text: string; page: number }[] = [];
  /** The place for the table of contents, which is written when all pages are known. */
  private contents: { page: number; y: number } | undefined;

  /** @param title of the document */
  constructor(title: string) {
    this.document = new PDFDocument({
      size: [PAGE.width, PAGE.height],
      margin: 0,
      bufferPages: true,
      autoFirstPage: false,
      lang: 'en',
      displayTitle: true,
      info: { Title: title, Creator: 'nx run infra:diagram', CreationDate: UNDATED, ModDate: UNDATED },
    });
    const chunks: Buffer[] = [];
    this.done = new Promise((resolve, reject) => {
      this.document.on('data', (chunk: Buffer) => chunks.push(chunk));
      this.document.on('end', () => resolve(Buffer.concat(chunks)));
      this.document.on('error', reject);
    });
    this.page();
  }

  /** Begins a page. */
  page(): void {
    this.document.addPage();
    this.y = MARGIN;
  }

  /** Writes a heading with a bookmark on a new page. */
  chapter(text: string): void {
    if (this.y > MARGIN) this.page();
    this.document.outline.addItem(text);
    this.chapters.push({ text, page: this.document.bufferedPageRange().count });
    this.line(text, 18, true);
    this.y += 4;
  }

  /** Writes a heading, together with something below it. */
  heading(text: string): void {
    this.keep(70);
    this.y += 6;
    this.line(text, 12, true);
    this.y += 2;
  }

  /** Writes a paragraph. */
  paragraph(text: string, size = 10): void {
    for (const line of wrap(text, PAGE.width - 2 * MARGIN, size)) {
      this.keep(size * 1.4);
      this.line(line, size, false);
    }
    this.y += 4;
  }

  private line(text: string, size: number, bold: boolean): void {
    this.document
      .font(bold ? FONTS.bold : FONTS.normal)
      .fontSize(size)
      .fillColor(LIGHT.text.text)
      .text(text, MARGIN, this.y, { lineBreak: false });
    this.y += size * 1.4;
  }

  /** Reserves space for the table of contents. @param lines maximum number of entries */
  contentsHere(lines: number): void {
    this.contents = { page: this.document.bufferedPageRange().count - 1, y: this.y };
    this.y += Math.ceil(lines / CONTENTS_COLUMNS) * CONTENTS_LINE;
  }

  private writeContents(): void {
    if (this.contents === undefined) return;
    const { page, y } = this.contents;
    this.document.switchToPage(page);
    const others = this.chapters.filter((chapter) => chapter.page > page + 1);
    const rows = Math.ceil(others.length / CONTENTS_COLUMNS);
    for (const [i, { text, page: on }] of others.entries()) {
      const x = MARGIN + Math.floor(i / rows) * ((PAGE.width - 2 * MARGIN) / CONTENTS_COLUMNS);
      const options = { lineBreak: false };
      this.document.font(FONTS.normal).fontSize(10).fillColor(LIGHT.text.text);
      this.document.text(String(on), x, y + (i % rows) * CONTENTS_LINE, options);
      this.document.text(text, x + 24, y + (i % rows) * CONTENTS_LINE, options);
    }
  }

  /** Begins a new page unless this one has enough space left. */
  private keep(height: number): void {
    if (this.y + height > PAGE.height - MARGIN) this.page();
  }

  /** Draws a picture on the page, in the largest size that fits. */
  picture(drawing: Drawing): void {
    const [width, height] = [PAGE.width - 2 * MARGIN, PAGE.height - MARGIN - this.y];
    const scale = Math.min(width / drawing.width, height / drawing.height, 1.2);
    const { document } = this;
    document.save();
    document.translate(MARGIN + (width - drawing.width * scale) / 2, this.y).scale(scale);
    for (const shape of drawing.shapes) drawShape(document, shape);
    document.restore();
    this.y += drawing.height * scale + GAP;
  }

  /** Writes a table; its header is repeated on each further page. */
  table({ head, rows, widths }: PageTable): void {
    const all = PAGE.width - 2 * MARGIN;
    const sum = widths.reduce((total, width) => total + width, 0);
    const columns = widths.map((width) => (all * width) / sum);
    const write = (cells: readonly string[], bold: boolean, shaded: boolean) => this.row(cells, columns, bold, shaded);
    const heightOfHead = this.height(head, columns, true);
    this.keep(heightOfHead + this.height(rows[0] ?? [], columns, false));
    write(head, true, true);
    for (const row of rows) {
      if (this.y + this.height(row, columns, false) > PAGE.height - MARGIN) {
        this.page();
        write(head, true, true);
      }
      write(row, false, false);
    }
    this.y += GAP;
  }

  private lines(text: string, width: number, bold: boolean): string[] {
    return text.split('\n').flatMap((line) => wrap(line, width - 2 * CELL.x, BODY, bold));
  }

  private height(cells: readonly string[], columns: readonly number[], bold: boolean): number {
    const lines = cells.map((cell, i) => this.lines(cell, columns[i] ?? 0, bold).length);
    return Math.max(1, ...lines) * BODY * 1.25 + 2 * CELL.y;
  }

  private row(cells: readonly string[], columns: readonly number[], bold: boolean, shaded: boolean): void {
    const { document } = this;
    const height = this.height(cells, columns, bold);
    const width = columns.reduce((sum, column) => sum + column, 0);
    if (shaded) document.rect(MARGIN, this.y, width, height).fill('#e5e7eb');
    document
      .lineWidth(0.5)
      .strokeColor('#9ca3af')
      .moveTo(MARGIN, this.y + height)
      .lineTo(MARGIN + width, this.y + height)
      .stroke();
    let x = MARGIN;
    for (const [i, cell] of cells.entries()) {
      document
        .font(bold ? FONTS.bold : FONTS.normal)
        .fontSize(BODY)
        .fillColor(LIGHT.text.text);
      for (const [at, line] of this.lines(cell, columns[i] ?? 0, bold).entries())
        document.text(line, x + CELL.x, this.y + CELL.y + 1 + at * BODY * 1.25, { lineBreak: false });
      x += columns[i] ?? 0;
    }
    this.y += height;
  }

  /** @returns the document, with the number of each page below it */
  async end(): Promise<Buffer> {
    this.writeContents();
    const { start, count } = this.document.bufferedPageRange();
    for (let page = start; page < start + count; page += 1) {
      this.document.switchToPage(page);
      this.document
        .font(FONTS.normal)
        .fontSize(8)
        .fillColor(LIGHT.caption.text)
        .text(`${page + 1} of ${count}`, PAGE.width - MARGIN - 60, PAGE.height - MARGIN + 14, { lineBreak: false });
    }
    this.document.end();
    return this.done;
  }
}
