import { parseEventTime } from '@ad-analytics/event-schemas';
import type { Attack, HardNegative } from '@ad-analytics/traffic-model';
import { InvalidArgumentError } from 'commander';

const UNIT_SECONDS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3_600, d: 86_400 };

/** @returns a parser for commander: a number in the inclusive range */
export function numberWithin(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = text.trim() === '' ? NaN : Number(text);
    if (!(value >= least && value <= most))
      throw new InvalidArgumentError(`It must be a number from ${least} to ${most}.`);
    return value;
  };
}

/** @returns a parser for commander: a whole number in the inclusive range */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = text.trim() === '' ? NaN : Number(text);
    if (!Number.isInteger(value) || value < least || value > most)
      throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
    return value;
  };
}

/** @param text "90", "90s", "10m", "2h" or "1d" @returns seconds @throws InvalidArgumentError */
export function parseDuration(text: string): number {
  const [, value, unit] = /^(\d+(?:\.\d+)?)([smhd]?)$/.exec(text) ?? [];
  const seconds = Number(value) * (UNIT_SECONDS[unit ?? ''] ?? NaN);
  if (!(seconds > 0)) throw new InvalidArgumentError('It must be a time above 0 such as 90, 90s, 10m, 2h or 1d.');
  return seconds;
}

/** @param text "12-32" or "12" @returns seconds @throws InvalidArgumentError */
export function parseSecondsRange(text: string): { min: number; max: number } {
  const [, min, max] = /^(\d+(?:\.\d+)?)(?:-(\d+(?:\.\d+)?))?$/.exec(text) ?? [];
  if (min === undefined) throw new InvalidArgumentError('It must be seconds such as 20, or from-to such as 12-32.');
  return { min: Number(min), max: Number(max ?? min) };
}

/** @param text time in the contract's form @returns epoch milliseconds @throws InvalidArgumentError */
export function parseStart(text: string): number {
  try {
    return parseEventTime(text);
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}

/** @param text a factor or "max" @returns Infinity for "max" @throws InvalidArgumentError */
export function parseSpeed(text: string): number {
  if (text === 'max') return Infinity;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0)
    throw new InvalidArgumentError('It must be a factor above 0 such as 1 or 10, or "max".');
  return value;
}

/**
 * @param known names that may be given
 * @returns a parser for commander: "none", "all", "all=2" or a list such as "naive_bot,click_farm=3" (dashes or
 *   underscores), which returns the number of actors by name
 */
export function scenarioList<Name extends Attack | HardNegative>(
  known: readonly Name[],
): (text: string) => Partial<Record<Name, number>> {
  const count = wholeNumber(0, 1_000);
  return (text) => {
    if (text === 'none') return {};
    const chosen: Partial<Record<Name, number>> = {};
    for (const part of text.split(',')) {
      const [name = '', actors = '1', ...rest] = part.trim().replaceAll('-', '_').split('=');
      const names = name === 'all' ? known : known.filter((one) => one === name);
      if (names.length === 0 || rest.length > 0)
        throw new InvalidArgumentError(
          `"${part}" must be one of: none, all, ${known.join(', ')}; each optionally with =NUMBER.`,
        );
      for (const one of names) chosen[one] = count(actors);
    }
    return chosen;
  };
}
