import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { PAGE } from './test-dashboard';

const MAX_BYTES = 300_000;

describe('the built page', () => {
  it('is under 300 kB gzipped, all files together', () => {
    const sizes = readdirSync(PAGE).map((file) => gzipSync(readFileSync(path.join(PAGE, file))).length);
    expect(sizes.length).toBeGreaterThanOrEqual(4);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MAX_BYTES);
  });
});
