import { costOf } from './price';
import { PRICES, type PriceId } from './prices';

/** Hours of a month, like in AWS's own calculator: 8,760 a year. */
export const HOURS = 730;
export const SECONDS = HOURS * 3600;
/** Bytes of AWS's gigabyte. */
export const GB = 1024 ** 3;
/** Kilobytes of AWS's gigabyte. */
export const KB_IN_GB = 1024 ** 2;

/** One line of the bill. */
export interface CostLine {
  readonly service: string;
  /** The billed part of the design. */
  readonly item: string;
  readonly price: PriceId;
  /** Quantity of a month, in the price's unit. */
  readonly quantity: number;
  /** The calculation of the quantity. */
  readonly arithmetic: string;
  /** US dollars a month. */
  readonly usd: number;
}

/**
 * @param of service, item, price and quantity; `arithmetic` without the result, which is added
 * @returns the line with its cost
 */
export function costLine(of: Omit<CostLine, 'usd'>): CostLine {
  return { ...of, usd: costOf(PRICES[of.price], of.quantity) };
}

/** @returns sum of the lines, US dollars a month */
export function total(lines: readonly CostLine[]): number {
  return lines.reduce((sum, { usd }) => sum + usd, 0);
}
