import { createHash } from 'node:crypto';
import type { Emission } from '@ad-analytics/traffic-model';

/** One value of a field that a share of all records gets. */
export interface Skew {
  readonly share: number;
  /** Value by name of the field, for example `{ campaign_id: 'campaign-01' }`. */
  readonly values: Readonly<Record<string, string>>;
}

const DRAWS = 2 ** 32;

/**
 * @param emission a record of the generator; the draw is by its partition key, the id of the impression: an impression and its clicks
 *   get the same values
 * @returns the record, with the value if the draw selects it; a record that is not text stays as it is
 */
export function skewed<R extends Pick<Emission, 'partitionKey' | 'data'>>(emission: R, { share, values }: Skew): R {
  const { partitionKey, data } = emission;
  const draw = createHash('sha256').update(partitionKey).digest().readUInt32BE(0) / DRAWS;
  if (draw >= share || typeof data !== 'string') return emission;
  const changed = Object.entries(values).reduce(
    (text, [field, value]) => text.replace(new RegExp(`"${field}":"[^"\\\\]*"`), `"${field}":${JSON.stringify(value)}`),
    data,
  );
  return { ...emission, data: changed };
}
