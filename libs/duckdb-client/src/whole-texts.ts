import { createRequire } from 'node:module';
import path from 'node:path';
import { TextDecoder } from 'node:util';
import { ROOT } from '@ad-analytics/setup/layout.cjs';

const ACCESSORS = '@duckdb/node-api/lib/vectors/dataAccessors.js';

/**
 * Makes DuckDB's client return texts unchanged. Its decoder removes U+FEFF at the start of a text as a byte-order mark, so an identifier or
 * a user agent that begins with it would be changed. The client has no option for this, so its decoder is replaced.
 */
export function keepWholeTexts(): void {
  const accessors = createRequire(path.join(ROOT, 'package.json'))(ACCESSORS) as { textDecoder: TextDecoder };
  accessors.textDecoder = new TextDecoder('utf-8', { ignoreBOM: true });
}
