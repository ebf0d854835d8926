import { RESULT_DEFINITIONS, type RecordType } from '@ad-analytics/event-schemas';
import { createHash } from 'node:crypto';

/** @returns into how many partitions of the index by time the results of one bucket or window are spread */
export const writeShards = (recordType: RecordType): number => RESULT_DEFINITIONS[recordType].serving.writeShards;

/**
 * @param recordType type of the result
 * @param recordId its id
 * @returns its shard of the bucket, from 0; a function of the id, so that a repeat lands in the same place
 */
export function writeShard(recordType: RecordType, recordId: string): number {
  const shards = writeShards(recordType);
  return shards === 1 ? 0 : createHash('md5').update(recordId).digest().readUInt32BE(0) % shards;
}
