import { InvalidArgumentError } from 'commander';

/** @returns a parser for commander: a whole number with a minimum */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < least)
      throw new InvalidArgumentError(`It must be a whole number, ${least} or more.`);
    return value;
  };
}

/**
 * @param what kind of names, for the message
 * @param known all names
 * @returns a parser for commander: comma-separated names
 */
export function knownNames(what: string, known: readonly string[]): (text: string) => string[] {
  return (text) => {
    const names = text.split(',').map((name) => name.trim());
    const unknown = names.filter((name) => !known.includes(name));
    if (unknown.length > 0)
      throw new InvalidArgumentError(`No such ${what}: ${unknown.join(', ')}. Known: ${known.join(', ')}.`);
    return names;
  };
}
