import { existsSync } from 'node:fs';
import { recordLines } from '@ad-analytics/recorded-traffic';

/**
 * @param file dead letters of the generator; created with the first one
 * @returns number of records that the generator could not send
 */
export async function countDeadLetters(file: string): Promise<number> {
  if (!existsSync(file)) return 0;
  let count = 0;
  for await (const line of recordLines(file)) if (line.length > 0) count += 1;
  return count;
}
