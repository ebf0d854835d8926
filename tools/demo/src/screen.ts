import type { WriteStream } from 'node:tty';

const BLOCK_EVERY_MS = 5_000;
/** Cursor home, then clear what is below: redraws without flicker. */
const REDRAW = '\u001b[H\u001b[J';
const CLEAR = '\u001b[2J';

/** The output of the live view. */
export type ScreenOutput = Pick<WriteStream, 'write'> & Partial<Pick<WriteStream, 'isTTY' | 'rows' | 'columns'>>;

/** Draws blocks of lines: in place on a terminal, otherwise one after the other at a limited rate. */
export class Screen {
  private lastBlock: number | undefined;

  constructor(
    private readonly output: ScreenOutput,
    private readonly clock: () => number = Date.now,
  ) {}

  /** Available size of a block; large without a terminal. */
  get size(): { rows: number; columns: number } {
    // A terminal that does not know its size reports 0.
    return this.output.isTTY
      ? { rows: this.output.rows || 24, columns: this.output.columns || 80 }
      : { rows: 24, columns: 200 };
  }

  /** @param lines of the block */
  draw(lines: readonly string[]): void {
    const now = this.clock();
    const text = `${lines.join('\n')}\n`;
    if (this.output.isTTY) {
      this.output.write((this.lastBlock === undefined ? CLEAR : '') + REDRAW + text);
      this.lastBlock = now;
    } else if (this.lastBlock === undefined || now - this.lastBlock >= BLOCK_EVERY_MS) {
      this.output.write(`${text}\n`);
      this.lastBlock = now;
    }
  }
}
