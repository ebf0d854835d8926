import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { CommandError } from '@ad-analytics/command-line/errors';

/** Ready mappings, one file each. */
const MAPPINGS_FOLDER = path.join(__dirname, '..', 'mappings');

/** How the files are read, as given by the mapping or the user. Everything else is detected. */
export interface ReadOptions {
  readonly format?: string;
  readonly delimiter?: string;
  readonly quote?: string;
  readonly header?: boolean;
  readonly comment?: string;
  readonly skip?: number;
  readonly encoding?: string;
  /** Names of the columns, for a table without a header. */
  readonly columns?: readonly string[];
  /** Columns that may be missing; they are then NULL. */
  readonly optional?: readonly string[];
}

/** A mapping: queries on the view `source` that give the contract's columns, and how the files for it are read. */
export interface Mapping {
  /** For messages: the name, or the path. */
  readonly name: string;
  readonly title: string;
  readonly sql: string;
  readonly read: ReadOptions;
}

const NAMED_CHARACTERS: Readonly<Record<string, string>> = {
  tab: '\t',
  comma: ',',
  semicolon: ';',
  pipe: '|',
  none: '',
};

/** @returns the character of a name such as "tab", or the text itself */
export function character(text: string): string {
  return NAMED_CHARACTERS[text] ?? text;
}

/** @returns the name of a character where it has one, or itself */
export function characterName(text: string): string {
  return Object.entries(NAMED_CHARACTERS).find(([, value]) => value === text)?.[0] ?? text;
}

const list = (text: string) =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

function yesOrNo(name: string, key: string, text: string): boolean {
  if (text === 'yes' || text === 'no') return text === 'yes';
  throw new CommandError(`${name}: @${key} must be yes or no, not "${text}".`, 2);
}

/**
 * Reads the lines `-- @key value` of a mapping. A key may occur several times if its value is a list.
 * @param name of the mapping, for messages
 * @throws CommandError (exit code 2) for a key that does not exist
 */
export function parseMapping(name: string, sql: string): Mapping {
  let title = name;
  let read: ReadOptions = {};
  for (const [, key = '', text = ''] of sql.matchAll(/^--\s*@(\S+)[ \t]*(.*?)\s*$/gm)) {
    if (key === 'title') title = text;
    else if (key === 'format' || key === 'encoding') read = { ...read, [key]: text };
    else if (key === 'delimiter' || key === 'quote' || key === 'comment') read = { ...read, [key]: character(text) };
    else if (key === 'header') read = { ...read, header: yesOrNo(name, key, text) };
    else if (key === 'skip') read = { ...read, skip: Number(text) };
    else if (key === 'columns' || key === 'optional') read = { ...read, [key]: [...(read[key] ?? []), ...list(text)] };
    else
      throw new CommandError(
        `${name}: unknown directive @${key}. Known: title, format, delimiter, quote, header, comment, skip, encoding, columns, optional.`,
        2,
      );
  }
  return { name, title, sql, read };
}

/** @returns the ready mappings, by name */
function readyMappings(): readonly Mapping[] {
  return readdirSync(MAPPINGS_FOLDER)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => parseMapping(path.basename(file, '.sql'), readFileSync(path.join(MAPPINGS_FOLDER, file), 'utf8')));
}

/** @returns a line for each ready mapping */
export function listMappings(): string {
  const ready = readyMappings();
  const width = Math.max(...ready.map(({ name }) => name.length));
  return ready.map(({ name, title }) => `  ${name.padEnd(width)}  ${title}`).join('\n');
}

/**
 * @param nameOrFile name of a ready mapping, or path of a file that ends with .sql
 * @throws CommandError (exit code 2) when neither exists
 */
export function loadMapping(nameOrFile: string): Mapping {
  if (nameOrFile.endsWith('.sql')) {
    if (!existsSync(nameOrFile)) throw new CommandError(`File not found: ${nameOrFile}.`, 2);
    return parseMapping(nameOrFile, readFileSync(nameOrFile, 'utf8'));
  }
  const found = readyMappings().find(({ name }) => name === nameOrFile);
  if (found === undefined) {
    throw new CommandError(
      `Unknown mapping: ${nameOrFile}. Name a file that ends with .sql, or one of:\n${listMappings()}`,
      2,
    );
  }
  return found;
}
