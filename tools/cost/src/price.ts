import { z } from 'zod';

/** A price of AWS's list, in US dollars. */
export const priceSchema = z.strictObject({
  /** The billed item, with the name in the bill. */
  name: z.string().min(1),
  /** The unit; the tiers use the same one. */
  unit: z.string().min(1),
  /** Price per unit by the quantity of a month, the cheapest last. `upTo` is exclusive; the last tier has none. */
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
      'each tier except the last must have upTo, greater than that of the previous tier',
    ),
  /** Name of AWS's page that lists it. */
  source: z.string().min(1),
  /** Year and month of the latest known statement of this price. */
  asOf: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a year and a month'),
  /** Whether a statement by AWS, or data from its price list, confirms this value for us-east-1; otherwise it is from memory. */
  confirmed: z.boolean(),
});

export type Price = z.infer<typeof priceSchema>;

/**
 * @param price per unit, by tiers
 * @param quantity of a month, in the price's unit
 * @returns US dollars; each tier's share at the tier's price
 * @throws {RangeError} when the quantity is negative or not a number
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
