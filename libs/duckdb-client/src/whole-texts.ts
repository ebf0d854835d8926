import { createRequire } from 'node:module';
import path from 'node:path';
import { TextDecoder } from 'node:util';
import { ROOT } from '@ad-analytics/setup/layout.cjs';

const ACCESSORS = '@duckdb/node-api/lib/vectors/dataAccessors.js';

/**
 * Makes DuckDB's client give texts as they are. Its decoder takes U+FEFF at the start of a text for a byte-order mark and leaves it
 * out, so that an identifier or a user agent that begins with it comes back as another one. The client has no option for
 * that: its decoder is replaced by one that leaves nothing out.
 */
export function keepWholeTexts(): void {
  const accessors = createRequire(path.join(ROOT, 'package.json'))(ACCESSORS) as { textDecoder: TextDecoder };
  accessors.textDecoder = new TextDecoder('utf-8', { ignoreBOM: true });
}
