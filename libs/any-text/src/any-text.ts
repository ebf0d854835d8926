import fc from 'fast-check';

const halfPair = fc.integer({ min: 0xd800, max: 0xdfff }).map((unit) => String.fromCharCode(unit));

/** Any JavaScript text: every plane, control characters, unpaired surrogates, empty texts, and texts that are too long for a key. */
export const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300, size: 'max' }),
  fc.string({
    unit: fc.oneof({ weight: 5, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }) }, halfPair),
  }),
  fc.string({ maxLength: 20 }),
);
