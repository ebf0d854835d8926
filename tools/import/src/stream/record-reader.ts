import { KINDS } from '../event-rows';
import { BETWEEN_PARTS, RECORD } from './records';
import type { TimeOrder } from './time-order';

/** Bytes to read at once: at most a quarter of a pipe, so that the writer continues meanwhile. */
const MAX_READ_BYTES = 256 * 1024;
/** With less space in a block, the next block begins. */
const MIN_READ_BYTES = 64 * 1024;
const [NEWLINE, BRACE, ZERO, NINE] = [10, 0x7b, 0x30, 0x39];
const [CLICK, BOTH, REFUSED] = [RECORD.click, RECORD.both, RECORD.refused].map((letter) => letter.charCodeAt(0));
const SEPARATOR = BETWEEN_PARTS.charCodeAt(0);
/** The indexes of the streams in `TimeOrder`. */
const [IMPRESSIONS, CLICKS] = [KINDS.indexOf('impression'), KINDS.indexOf('click')];

/** A row has a derived id, or a value in a field that the lines do not contain. */
export class UnforeseenRow extends Error {}

/** Counts the records that pass, by the index of their kind in `KINDS`. */
export interface RecordCounter {
  event(stream: number, time: number): void;
  /** A row that is an impression and a click, in addition to its events. */
  both(sameTime: boolean): void;
  refused(reason: string, row: string): void;
}

/** Parses records that arrive in pieces, and adds their lines to a `TimeOrder`. */
export class RecordReader {
  private bytes: Buffer;
  /** Start of the first incomplete record, and where the next piece goes. */
  private begin = 0;
  private end = 0;
  private time = 0;

  constructor(
    private readonly order: TimeOrder,
    private readonly counter: RecordCounter,
  ) {
    this.bytes = order.newBlock().bytes;
  }

  /** @returns memory for the next piece */
  space(): Buffer {
    if (this.bytes.length - this.end < MIN_READ_BYTES) {
      const [from, rest] = [this.bytes, this.end - this.begin];
      this.bytes = this.order.newBlock(2 * (rest + MIN_READ_BYTES)).bytes;
      from.copy(this.bytes, 0, this.begin, this.end);
      [this.begin, this.end] = [0, rest];
    }
    return this.bytes.subarray(this.end, this.end + MAX_READ_BYTES);
  }

  /**
   * Parses the next piece.
   * @param bytes of the piece, in the memory that `space` returned
   * @throws UnforeseenRow or NotNearlyByTime when the log cannot be written while it is read
   */
  filled(bytes: number): void {
    let from = this.end;
    this.end += bytes;
    for (;;) {
      const end = this.bytes.indexOf(NEWLINE, from);
      if (end === -1 || end >= this.end) return;
      this.record(this.begin, end);
      this.begin = end + 1;
      from = this.begin;
    }
  }

  /** @throws Error when the last record is incomplete */
  finish(): void {
    if (this.begin !== this.end) throw new Error('The stream of events ended within a record.');
  }

  private record(start: number, end: number): void {
    const first = this.bytes[start] as number;
    if (first >= ZERO && first <= NINE) this.event(IMPRESSIONS, start, end);
    else if (first === CLICK) this.event(CLICKS, start + 1, end);
    else if (first === BOTH) {
      const between = this.bytes.indexOf(SEPARATOR, start);
      this.event(IMPRESSIONS, start + 1, between);
      const { time } = this;
      this.event(CLICKS, between + 1, end);
      this.counter.both(time === this.time);
    } else if (first === REFUSED) {
      const between = this.bytes.indexOf(SEPARATOR, start);
      this.counter.refused(
        this.bytes.toString('utf8', start + 1, between),
        this.bytes.toString('utf8', between + 1, end),
      );
    } else throw new UnforeseenRow();
  }

  private event(stream: number, start: number, end: number): void {
    let time = 0;
    let at = start;
    for (let digit = this.bytes[at] as number; digit !== BRACE; digit = this.bytes[(at += 1)] as number)
      time = time * 10 + digit - ZERO;
    this.time = time;
    this.order.add(stream, time, at, end);
    this.counter.event(stream, time);
  }
}
