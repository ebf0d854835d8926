/**
 * @param value number
 * @returns the number in readable form: three significant digits below 100, whole numbers above, with separators; 2.63 million
 */
export function figure(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e12) return `${significant(value / 1e12)} trillion`;
  if (size >= 1e9) return `${significant(value / 1e9)} billion`;
  if (size >= 1e6) return `${significant(value / 1e6)} million`;
  if (size >= 100) return Math.round(value).toLocaleString('en-US');
  return significant(value);
}

function significant(value: number): string {
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-US');
  return String(Number(value.toPrecision(3)));
}

/** @returns US dollars with cents, or without cents above 1,000: $12.34, $1,235 */
export function dollars(usd: number): string {
  const digits = Math.abs(usd) >= 1000 ? 0 : 2;
  return `$${usd.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;
}

/** @returns price of a unit: as many digits as it has */
export function unitPrice(usd: number): string {
  return `$${usd.toLocaleString('en-US', { maximumSignificantDigits: 8, maximumFractionDigits: 15 })}`;
}

/** @returns 12.3 % */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
