const DIGIT_BITS = 11;
const DIGITS = 2 ** DIGIT_BITS;
const WORD = 2 ** 32;

/** @returns how many bits a whole number from 0 to below 2^32 needs */
const bitsOf = (value: number) => 32 - Math.clz32(value);

/**
 * @param words the numbers to sort by, in place
 * @param bits that may be set in them
 * @returns the indexes in `order`, in ascending order of their words; those of equal words keep their order
 */
function orderByWords(words: Uint32Array, bits: number, order: Uint32Array): Uint32Array {
  let from = order;
  let to: Uint32Array = new Uint32Array(order.length);
  const places = new Uint32Array(DIGITS);
  for (let shift = 0; shift < bits; shift += DIGIT_BITS) {
    places.fill(0);
    for (let i = 0; i < words.length; i += 1) {
      const digit = ((words[i] as number) >>> shift) & (DIGITS - 1);
      places[digit] = (places[digit] as number) + 1;
    }
    for (let digit = 0, sum = 0; digit < DIGITS; digit += 1) {
      const size = places[digit] as number;
      places[digit] = sum;
      sum += size;
    }
    for (let i = 0; i < from.length; i += 1) {
      const index = from[i] as number;
      const digit = ((words[index] as number) >>> shift) & (DIGITS - 1);
      const place = places[digit] as number;
      to[place] = index;
      places[digit] = place + 1;
    }
    [from, to] = [to, from];
  }
  return from;
}

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
  const order = new Uint32Array(count);
  for (let i = 0; i < count; i += 1) order[i] = i;
  if (sorted) return order;
  // Bits of 32-bit words take a fraction of the time that divisions of larger numbers take.
  const words = new Uint32Array(count);
  const range = high - low;
  for (let i = 0; i < count; i += 1) words[i] = (values[i] as number) - low;
  const byLow = orderByWords(words, range < WORD ? bitsOf(range) : 32, order);
  if (range < WORD) return byLow;
  for (let i = 0; i < count; i += 1) words[i] = Math.floor(((values[i] as number) - low) / WORD);
  return orderByWords(words, bitsOf(Math.floor(range / WORD)), byLow);
}
