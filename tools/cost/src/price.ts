import { z } from 'zod';

/** A price of AWS's list, in US dollars. */
export const priceSchema = z.strictObject({
  /** What is billed, in the words of the bill. */
  name: z.string().min(1),
  /** What one unit of it is; the tiers count in it as well. */
  unit: z.string().min(1),
  /** Price of a unit by the quantity of a month, the cheapest last; `upTo` is exclusive, the last tier has none. */
  tiers: z
    .array(z.strictObject({ upTo: z.number().positive().optional(), usd: z.number().nonnegative() }))
    .nonempty()
    .refine(
      (tiers) =>
        tiers.every(({ upTo }, i) => {
          if (i === tiers.length - 1) return upTo === undefined;
          const next = tiers[i + 1]?.upTo ?? Infinity;
          return upTo !== undefined && upTo < next;
        }),
      'each tier but the last ends (upTo), later than the one before',
    ),
  /** Name of AWS's page that lists it. */
  source: z.string().min(1),
  /** Year and month of the newest statement of it that was seen. */
  asOf: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a year and a month'),
  /** Whether this value for us-east-1 was found stated by AWS or by data taken from its price list; else it is from memory. */
  confirmed: z.boolean(),
});

export type Price = z.infer<typeof priceSchema>;

/**
 * @param price what a unit costs, by tiers
 * @param quantity of a month, in the price's unit
 * @returns US dollars; each tier's share at the tier's price
 * @throws {RangeError} when the quantity is negative or no number
 */
export function costOf({ name, tiers }: Price, quantity: number): number {
  if (!(quantity >= 0)) throw new RangeError(`${name}: ${quantity} is not a quantity.`);
  let cost = 0;
  let from = 0;
  for (const { upTo = Infinity, usd } of tiers) {
    if (quantity <= from) break;
    cost += (Math.min(quantity, upTo) - from) * usd;
    from = upTo;
  }
  return cost;
}
