import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CommandError } from '@ad-analytics/command-line/errors';
import { ProgressFile } from './progress-file';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'progress-'));
  file = path.join(folder, 'below', 'notes.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));

it('continues where an interrupted erasure ended, even in the middle of a line', () => {
  const first = new ProgressFile(file);
  first.noteSearched('a');
  first.noteEventId('click', 'k1');
  first.noteEventId('click', 'k1');
  first.noteRejectedId('r1');
  first.notePrintedStatements('old');
  first.notePrintedStatements('new');
  appendFileSync(file, '{"searched":"b');
  const second = new ProgressFile(file);
  expect([second.isSearched('a'), second.isSearched('b')]).toEqual([true, false]);
  second.noteSearched('c');
  const third = new ProgressFile(file);
  expect([third.isSearched('a'), third.isSearched('c')]).toEqual([true, true]);
  expect(third.eventIds).toEqual({ click: new Set(['k1']), impression: new Set() });
  expect([...third.rejectedIds]).toEqual(['r1']);
  expect(third.printedStatements).toBe('new');
  third.forgetPrintedStatements();
  expect([third.printedStatements, new ProgressFile(file).printedStatements]).toEqual([undefined, undefined]);
  expect(readFileSync(file, 'utf8').match(/k1/g)).toHaveLength(1);
});

it('can be read by its owner only, and is deleted at the end', () => {
  const notes = new ProgressFile(file);
  notes.noteEventId('click', 'k1');
  expect(statSync(file).mode & 0o077).toBe(0);
  notes.delete();
  expect(existsSync(file)).toBe(false);
});

it('refuses the ids of an older version, whose kind is unknown', () => {
  new ProgressFile(file).noteSearched('a');
  appendFileSync(file, '{"eventId":"17"}\n');
  const read = () => new ProgressFile(file);
  expect(read).toThrow(CommandError);
  expect(read).toThrow(/notes\.jsonl.*--click-id or --impression-id/);
});

it('keeps ids without a file', () => {
  const notes = new ProgressFile(undefined);
  notes.noteRejectedId('r1');
  expect([...notes.rejectedIds]).toEqual(['r1']);
  notes.delete();
});
