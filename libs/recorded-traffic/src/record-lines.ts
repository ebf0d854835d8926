import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';

const CHUNK_BYTES = 1 << 20;
const NEWLINE = 0x0a;
const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);

async function isGzip(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const head = Buffer.alloc(GZIP_MAGIC.length);
    const { bytesRead } = await handle.read(head, 0, head.length, 0);
    return bytesRead === head.length && head.equals(GZIP_MAGIC);
  } finally {
    await handle.close();
  }
}

/**
 * Splits bytes into lines. It uses bytes instead of text, because a line that is not UTF-8 must reach the stream unchanged.
 * @param chunks of a file, in order
 * @returns the lines without their newline; the last may lack one
 */
export async function* splitLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let pieces: Buffer[] = [];
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      const rest = chunk.subarray(start, end);
      yield pieces.length === 0 ? rest : Buffer.concat([...pieces, rest]);
      pieces = [];
      start = end + 1;
    }
    if (start < chunk.length) pieces.push(chunk.subarray(start));
  }
  if (pieces.length > 0) yield Buffer.concat(pieces);
}

/**
 * @param line of a file, without its newline
 * @returns whether it contains only JSON white space, including a carriage return: such a line is not a record
 */
export function isBlank(line: Buffer): boolean {
  return line.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
}

/**
 * Reads a JSONL file, plain or gzip (detected by its first bytes, not by its name), without loading it into memory.
 * @param file path
 * @returns its lines as bytes
 */
export async function* recordLines(file: string): AsyncGenerator<Buffer> {
  // Checked first: rejects for an unreadable file, before a stream could fail without a listener.
  const zipped = await isGzip(file);
  const raw = createReadStream(file, { highWaterMark: CHUNK_BYTES });
  if (!zipped) {
    yield* splitLines(raw as AsyncIterable<Buffer>);
    return;
  }
  const unzipped = createGunzip({ chunkSize: CHUNK_BYTES });
  raw.on('error', (error) => unzipped.destroy(error));
  try {
    yield* splitLines(raw.pipe(unzipped) as AsyncIterable<Buffer>);
  } finally {
    // A reader that stops early closes only its own end of the pipe.
    raw.destroy();
  }
}
