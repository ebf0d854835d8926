import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { type InputRecord, inputRecord } from './input-record';
import { recordLines } from './record-lines';

const NEWLINE = Buffer.from('\n');
/** Bytes of records that are sorted at a time. Further records are sorted on the disk. */
const BYTES_IN_MEMORY = 64 << 20;
/** Memory overhead of an object besides the bytes of its line. */
const OVERHEAD_BYTES = 200;

interface Keyed {
  /** The sort key: the time as text. */
  readonly key: string;
  readonly record: InputRecord;
}

/**
 * Sorts records by their event times. Records with the same time keep the order of the file, and a record without a readable time stays
 * directly after its predecessor. Keeps 64 MiB of records in memory; more are sorted in parts on the disk (in the folder for temporary
 * files) and merged.
 * @param records in file order
 * @param bytesInMemory bytes of records that are sorted at a time
 * @returns the same records, sorted
 */
export async function* inTimeOrder(
  records: AsyncIterable<InputRecord>,
  bytesInMemory = BYTES_IN_MEMORY,
): AsyncGenerator<InputRecord> {
  const parts: string[] = [];
  let folder: string | undefined;
  const remove = () => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  };
  // A second Ctrl-C can end the process during the work.
  process.once('exit', remove);
  try {
    let part: Keyed[] = [];
    let bytes = 0;
    let key = '';
    for await (const record of records) {
      key = record.eventTime ?? key;
      part.push({ key, record });
      bytes += record.data.length + OVERHEAD_BYTES;
      if (bytes < bytesInMemory) continue;
      folder ??= mkdtempSync(path.join(os.tmpdir(), 'ad-analytics-sort-'));
      const file = path.join(folder, String(parts.length));
      await writePart(file, sorted(part));
      parts.push(file);
      part = [];
      bytes = 0;
    }
    yield* merged([...parts.map((file) => readPart(file)), arrayOf(sorted(part))]);
  } finally {
    process.off('exit', remove);
    remove();
  }
}

/** @returns the same array; the sort is stable */
function sorted(part: Keyed[]): Keyed[] {
  return part.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

/** Format of a part on the disk: the key of a record and its line in the file, then its bytes. */
async function writePart(file: string, part: readonly Keyed[]): Promise<void> {
  const out = createWriteStream(file);
  for (const { key, record } of part) {
    out.write(`${key} ${record.line ?? ''}\n`);
    out.write(record.data);
    if (!out.write(NEWLINE)) await once(out, 'drain');
  }
  out.end();
  await finished(out);
}

async function* readPart(file: string): AsyncGenerator<Keyed> {
  let head: string | undefined;
  for await (const bytes of recordLines(file)) {
    if (head === undefined) {
      head = bytes.toString('ascii');
    } else {
      const [key = '', line = ''] = head.split(' ');
      yield { key, record: { ...inputRecord(bytes), ...(line === '' ? {} : { line: Number(line) }) } };
      head = undefined;
    }
  }
}

async function* arrayOf(part: readonly Keyed[]): AsyncGenerator<Keyed> {
  yield* part;
}

/** @param parts each sorted; for equal keys, the earlier part comes first */
async function* merged(parts: readonly AsyncGenerator<Keyed>[]): AsyncGenerator<InputRecord> {
  const heads: { readonly rest: AsyncGenerator<Keyed>; next: Keyed }[] = [];
  for (const rest of parts) {
    const first = await rest.next();
    if (!first.done) heads.push({ rest, next: first.value });
  }
  while (heads.length > 0) {
    const least = heads.reduce((a, b) => (b.next.key < a.next.key ? b : a));
    yield least.next.record;
    const following = await least.rest.next();
    if (following.done) heads.splice(heads.indexOf(least), 1);
    else least.next = following.value;
  }
}
