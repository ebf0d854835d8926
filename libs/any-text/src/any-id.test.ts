import fc from 'fast-check';
import { anyId } from './any-id';

it('creates identifiers of the contract, some of them with the maximum number of bytes', () => {
  const lengths: number[] = [];
  fc.assert(
    fc.property(anyId, (id) => {
      const bytes = Buffer.from(id);
      expect([...id].length).toBeGreaterThan(0);
      expect([...id].length).toBeLessThanOrEqual(128);
      expect(bytes.toString()).toBe(id);
      lengths.push(bytes.length);
    }),
    { numRuns: 500 },
  );
  expect(Math.max(...lengths)).toBe(512);
});
