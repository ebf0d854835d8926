/** Digits of a rank: a ratio up to 9,999.999999. */
const DIGITS = 10;
const SCALE = 1e6;

/**
 * @param value 0 or more, or null if none exists
 * @returns a text that sorts as the value does, to six decimals; null before 0, and all from 9,999.999999 on alike
 */
export function rank(value: number | null): string {
  if (value === null) return '-';
  return String(Math.min(Math.round(value * SCALE), 10 ** DIGITS - 1)).padStart(DIGITS, '0');
}

/**
 * @param count whole number from 0 to 2^53-1
 * @returns a text that sorts as the count does
 */
export function countRank(count: number): string {
  return String(count).padStart(16, '0');
}
