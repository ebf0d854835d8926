import { InvalidArgumentError } from 'commander';

/** @returns a parser of numbers from `least` to `most`, both included */
export function number(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text.replaceAll(',', ''));
    if (text.trim() === '' || !(value >= least && value <= most))
      throw new InvalidArgumentError(`Give a number from ${least} to ${most.toLocaleString('en-US')}.`);
    return value;
  };
}
