import { radixOrder } from './radix-order';

/** A line arrived after a line with a later time was written: the log is not nearly in the order of time. */
export class NotNearlyByTime extends Error {}

/** Takes a line of a stream: the bytes from `start` to before `end`. */
type TakeLine = (stream: number, bytes: Buffer, start: number, end: number) => void;

/** If less than this share of a block is in use, its lines move to another block. Otherwise a few lines with far times would keep many blocks. */
const SPARSE = 0.25;

interface Block {
  bytes: Buffer;
  /** Bytes of the lines that are still held. */
  live: number;
}

/** The held lines, as columns: an object per line would take more CPU time. */
class Records {
  count = 0;
  times = new Float64Array(1_024);
  streams = new Uint8Array(1_024);
  blocks: Block[] = [];
  starts = new Uint32Array(1_024);
  ends = new Uint32Array(1_024);

  add(stream: number, time: number, block: Block, start: number, end: number): void {
    if (this.count === this.times.length) this.grow();
    this.times[this.count] = time;
    this.streams[this.count] = stream;
    this.blocks[this.count] = block;
    this.starts[this.count] = start;
    this.ends[this.count] = end;
    this.count += 1;
  }

  private grow(): void {
    const wider = <T extends Float64Array | Uint32Array | Uint8Array>(from: T, to: T): T => {
      to.set(from);
      return to;
    };
    const size = this.count * 2;
    this.times = wider(this.times, new Float64Array(size));
    this.streams = wider(this.streams, new Uint8Array(size));
    this.starts = wider(this.starts, new Uint32Array(size));
    this.ends = wider(this.ends, new Uint32Array(size));
  }
}

/**
 * Sorts the lines of several streams by time, in bounded memory, if they are nearly sorted. When the memory is full, it sorts, and the earlier
 * half is due: it gives out only as many of these lines as each new block needs room, so that its caller is never busy for long. Lines with the
 * same time keep their order.
 */
export class TimeOrder {
  private records = new Records();
  /** The lines that are due, `dueOrder` has their indexes by time. Afterwards the next `records`: new ones would keep the garbage collector busy. */
  private due = new Records();
  private dueOrder: Uint32Array = new Uint32Array(0);
  private nextDue = 0;
  private dueCount = 0;
  /** Of each stream, the latest time that is due or was given out. */
  private readonly latest: number[] = [];
  private readonly spare: Buffer[] = [];
  private held = 0;
  private filling: Block | undefined;

  /**
   * @param capacity bytes of blocks that may be held
   * @param blockBytes size of a block
   */
  constructor(
    private readonly capacity: number,
    private readonly blockBytes: number,
    private readonly take: TakeLine,
  ) {}

  /**
   * Ends the block that it returned last.
   * @param bytes least size of the block
   * @returns memory for the next lines
   */
  newBlock(bytes = 0): Block {
    const before = this.filling;
    while (this.held + this.blockBytes > this.capacity && (this.nextDue < this.dueCount || this.records.count > 0)) {
      if (this.nextDue === this.dueCount) this.sort(this.records.count / 2);
      this.giveOut(this.capacity - this.blockBytes);
    }
    this.filling = this.block(Math.max(bytes, this.blockBytes));
    if (before?.live === 0) this.release(before);
    return this.filling;
  }

  /**
   * Adds a line that is in the block that `newBlock` returned last.
   * @param time whole number from 0
   * @throws NotNearlyByTime when a line of this stream with a later time is due or was given out
   */
  add(stream: number, time: number, start: number, end: number): void {
    if (time < (this.latest[stream] ?? 0)) throw new NotNearlyByTime();
    const block = this.filling as Block;
    this.records.add(stream, time, block, start, end);
    block.live += end - start;
  }

  /** Bytes of the blocks that are held now. */
  get heldBytes(): number {
    return this.held;
  }

  /** Gives out all lines. */
  end(): void {
    this.giveOut(-1);
    this.sort(this.records.count);
    this.giveOut(-1);
  }

  private block(size: number): Block {
    const spare = size === this.blockBytes ? this.spare.pop() : undefined;
    this.held += size;
    return { bytes: spare ?? Buffer.allocUnsafeSlow(size), live: 0 };
  }

  private release({ bytes }: Block): void {
    this.held -= bytes.length;
    if (bytes.length === this.blockBytes) this.spare.push(bytes);
  }

  /**
   * Sorts the lines and makes them the due lines; the former due lines must have been emitted.
   * @param least number of lines, the earliest ones, that can be emitted
   */
  private sort(least: number): void {
    [this.due, this.records] = [this.records, this.due];
    const { count, times, streams, blocks, starts, ends } = this.due;
    const { records, latest } = this;
    this.dueOrder = radixOrder(times, count);
    this.dueCount = Math.ceil(least);
    this.nextDue = 0;
    records.count = 0;
    for (let i = 0; i < count; i += 1) {
      const record = this.dueOrder[i] as number;
      const [stream, time] = [streams[record] as number, times[record] as number];
      if (i < this.dueCount) latest[stream] = time;
      else records.add(stream, time, blocks[record] as Block, starts[record] as number, ends[record] as number);
    }
  }

  /**
   * Gives out lines that are due.
   * @param enough bytes of blocks: it stops when it holds at most so many
   */
  private giveOut(enough: number): void {
    const { dueOrder, dueCount } = this;
    const { streams, blocks, starts, ends } = this.due;
    while (this.held > enough) {
      if (this.nextDue === dueCount) return this.moveFromSparse();
      const record = dueOrder[this.nextDue] as number;
      this.nextDue += 1;
      const block = blocks[record] as Block;
      const [start, end] = [starts[record] as number, ends[record] as number];
      this.take(streams[record] as number, block.bytes, start, end);
      block.live -= end - start;
      if (block.live === 0 && block !== this.filling) this.release(block);
    }
  }

  private moveFromSparse(): void {
    const { count, blocks, starts, ends } = this.records;
    let [target, filled]: [Block | undefined, number] = [undefined, 0];
    for (let i = 0; i < count; i += 1) {
      const block = blocks[i] as Block;
      const [start, end] = [starts[i] as number, ends[i] as number];
      if (block === this.filling || block === target || block.live > SPARSE * block.bytes.length) continue;
      if (target === undefined || filled + end - start > target.bytes.length) {
        [target, filled] = [this.block(Math.max(this.blockBytes, end - start)), 0];
      }
      block.bytes.copy(target.bytes, filled, start, end);
      target.live += end - start;
      block.live -= end - start;
      if (block.live === 0) this.release(block);
      blocks[i] = target;
      starts[i] = filled;
      ends[i] = filled + end - start;
      filled = ends[i] as number;
    }
  }
}
