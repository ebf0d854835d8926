import { figure, unitPrice } from './figures';
import { PRICES, type PriceId } from './prices';

/** @returns prices of a unit, tier by tier */
export function priceText(id: PriceId): string {
  const { tiers: all } = PRICES[id];
  return all
    .map(({ upTo, usd }, i) => {
      if (all.length === 1) return unitPrice(usd);
      return upTo === undefined
        ? `then ${unitPrice(usd)}`
        : `${i === 0 ? '' : 'then '}${unitPrice(usd)} up to ${figure(upTo)}`;
    })
    .join(', ');
}
