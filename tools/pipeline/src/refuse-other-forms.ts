import { isBlank, jsonObject, recordLines } from '@ad-analytics/recorded-traffic';
import { CommandError } from '@ad-analytics/command-line/errors';

/** Number of lines that are checked. Even a recording with faults has a valid event among them; a file in another format does not. */
const LINES_LOOKED_AT = 100;

const WHAT_TO_DO =
  'Convert it to events first: npm run import -- <file> --mapping <name or file.sql> --out imported (docs/own-logs.md).';

/** @returns the beginning of a line as text, without a byte-order mark and white space around it */
const startOf = (line: Buffer) =>
  line
    .subarray(0, 1_000)
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trim();

/** @returns the probable format of the file, by the start of its first non-blank line */
function formOf(start: string): string {
  if (start.startsWith('[')) return 'a JSON array';
  if (start.startsWith('{')) return 'JSON objects that go over several lines';
  return /[,;\t|]/.test(start) ? 'a table (CSV or the like)' : 'another form';
}

/**
 * Rejects a file that is not JSON lines: each of its lines would be a rejected record.
 * @param file path, plain or gzip
 * @param name of the file, as the user gave it
 * @throws CommandError (exit code 2) with the file, its probable format and what to do, or that it cannot be read
 */
export async function refuseOtherForms(file: string, name = file): Promise<void> {
  let first: string | undefined;
  let looked = 0;
  try {
    for await (const line of recordLines(file)) {
      if (isBlank(line)) continue;
      first ??= startOf(line);
      looked += 1;
      // An array with one element a line ends with a line that is an object by itself.
      if (first === '[') break;
      if (jsonObject(line) !== undefined) return;
      if (looked === LINES_LOOKED_AT) break;
    }
  } catch (error) {
    throw new CommandError(`${name} cannot be read: ${(error as Error).message}`, 2);
  }
  if (first === undefined) return;
  const seen = looked === 1 ? 'Its first line is not an event' : `None of its first ${looked} lines is an event`;
  throw new CommandError(`${name} is not JSON lines but ${formOf(first)}. ${seen}. ${WHAT_TO_DO}`, 2);
}
