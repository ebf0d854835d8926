import type { WriteStream } from 'node:tty';

const LINE_EVERY_MS = 5_000;
const REDRAW_EVERY_MS = 200;

/** The output for progress: standard error, so that standard output contains only results. */
export type ProgressOutput = Pick<WriteStream, 'write'> & { readonly isTTY?: boolean };

/** @returns 1234567 as "1,234,567" */
export function grouped(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** @param ms milliseconds @returns "12.3 s" or "2 min 05 s" */
export function duration(ms: number): string {
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/** Shows the progress of a long step: on a terminal, one line that is redrawn; otherwise a line from time to time. */
export class Progress {
  private readonly started: number;
  private shown = 0;

  /**
   * @param title of the step, for example "Writing to Kinesis"
   * @param total final value of `update`; undefined if unknown
   */
  constructor(
    private readonly title: string,
    private readonly total?: number,
    private readonly output: ProgressOutput = process.stderr,
    private readonly clock: () => number = Date.now,
  ) {
    this.started = clock();
  }

  /** @param done so far */
  update(done: number): void {
    const now = this.clock();
    const pause = this.output.isTTY ? REDRAW_EVERY_MS : LINE_EVERY_MS;
    if (now - Math.max(this.shown, this.output.isTTY ? 0 : this.started) < pause) return;
    this.shown = now;
    this.output.write(this.output.isTTY ? `\r\u001b[2K${this.line(done)}` : `${this.line(done)}\n`);
  }

  /** @param done total count @returns elapsed milliseconds */
  finish(done: number): number {
    this.output.write(`${this.output.isTTY ? '\r\u001b[2K' : ''}${this.line(done)}\n`);
    return this.clock() - this.started;
  }

  private line(done: number): string {
    const seconds = (this.clock() - this.started) / 1000;
    const of = this.total === undefined ? '' : ` of ${grouped(this.total)}`;
    const rate = seconds > 0 ? `, ${grouped(done / seconds)}/s` : '';
    return `. ${this.title}: ${grouped(done)}${of} (${duration(seconds * 1000)}${rate})`;
  }
}
