import { closeSync, openSync } from 'node:fs';
import { BLOCK_BYTES, writeAll } from '../write-all';

const NEWLINE = 10;

/** A file of lines. */
export class LineFile {
  private readonly file: number;
  private readonly block = Buffer.allocUnsafe(BLOCK_BYTES);
  private filled = 0;

  constructor(private readonly path: string) {
    this.file = openSync(path, 'w');
  }

  /** Adds the bytes from `start` to before `end` as a line. */
  add(bytes: Buffer, start: number, end: number): void {
    if (this.filled + end - start >= BLOCK_BYTES) this.flush();
    if (end - start >= BLOCK_BYTES) writeAll(this.file, this.path, bytes.subarray(start, end));
    else this.filled += bytes.copy(this.block, this.filled, start, end);
    this.block[this.filled] = NEWLINE;
    this.filled += 1;
  }

  /** Writes what is left. */
  flush(): void {
    writeAll(this.file, this.path, this.block.subarray(0, this.filled));
    this.filled = 0;
  }

  close(): void {
    closeSync(this.file);
  }
}
