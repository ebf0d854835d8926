const DIGIT = 2_048;

/**
 * Sorts numbers by their digits (radix sort). The times that are held at once are close together, so few digits differ.
 * @param values whole numbers from 0 to 2^53
 * @returns the indexes of the first `count` values in ascending order; equal values keep their order
 */
export function radixOrder(values: Float64Array, count: number): Uint32Array {
  let [low, high, sorted] = [Infinity, -Infinity, true];
  for (let i = 0; i < count; i += 1) {
    const value = values[i] as number;
    if (value < high) sorted = false;
    else high = value;
    if (value < low) low = value;
  }
  let order = new Uint32Array(count);
  for (let i = 0; i < count; i += 1) order[i] = i;
  if (sorted) return order;
  let next = new Uint32Array(count);
  const places = new Uint32Array(DIGIT);
  for (let unit = 1; unit <= high - low; unit *= DIGIT) {
    places.fill(0);
    for (let i = 0; i < count; i += 1) {
      const digit = Math.floor(((values[i] as number) - low) / unit) % DIGIT;
      places[digit] = (places[digit] as number) + 1;
    }
    for (let digit = 0, sum = 0; digit < DIGIT; digit += 1) {
      const size = places[digit] as number;
      places[digit] = sum;
      sum += size;
    }
    for (let i = 0; i < count; i += 1) {
      const index = order[i] as number;
      const digit = Math.floor(((values[index] as number) - low) / unit) % DIGIT;
      next[places[digit] as number] = index;
      places[digit] = (places[digit] as number) + 1;
    }
    [order, next] = [next, order];
  }
  return order;
}
