import { once } from 'node:events';
import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { EXIT_USAGE, GeneratorError } from '../errors';

const CHUNK_BYTES = 1 << 18;
const NEWLINE = 0x0a;

/** A file of lines, written in order by one writer, with only a buffer in memory. */
export class LineFile {
  private failure: Error | undefined;
  private onRoom: (() => void) | undefined;

  private constructor(
    readonly file: string,
    private readonly stream: WriteStream,
  ) {
    stream.on('drain', () => this.onRoom?.());
    stream.on('error', (error) => {
      this.failure = error;
      this.onRoom?.();
    });
  }

  /**
   * @param file path; its folder is created if it is missing
   * @throws GeneratorError (exit code 2) when it already
   *   exists, or cannot be created
   */
  static async create(file: string): Promise<LineFile> {
    try {
      mkdirSync(path.dirname(file), { recursive: true });
      const stream = createWriteStream(file, { flags: 'wx', highWaterMark: CHUNK_BYTES });
      await once(stream, 'open');
      return new LineFile(file, stream);
    } catch (error) {
      const exists = (error as NodeJS.ErrnoException).code === 'EEXIST';
      const advice = exists ? 'the file exists; remove it or choose another name' : (error as Error).message;
      throw new GeneratorError(`Cannot write ${file}: ${advice}`, EXIT_USAGE);
    }
  }

  /**
   * @param line without its newline
   * @throws GeneratorError if it contains a newline, or if the file cannot be written
   */
  async write(line: string | Uint8Array): Promise<void> {
    this.throwIfFailed();
    if (typeof line === 'string' ? line.includes('\n') : line.includes(NEWLINE))
      throw new GeneratorError(`A record with a line break cannot be written to ${this.file}`);
    const bytes = typeof line === 'string' ? `${line}\n` : Buffer.concat([line, Buffer.of(NEWLINE)]);
    if (!this.stream.write(bytes)) await new Promise<void>((resolve) => (this.onRoom = resolve));
  }

  /**
   * Resolves when everything is written.
   * @throws GeneratorError when it cannot be written
   */
  async close(): Promise<void> {
    this.throwIfFailed();
    this.stream.end();
    await finished(this.stream).catch(() => {});
    this.throwIfFailed();
  }

  private throwIfFailed(): void {
    if (this.failure) throw new GeneratorError(`Cannot write ${this.file}: ${this.failure.message}`);
  }
}
