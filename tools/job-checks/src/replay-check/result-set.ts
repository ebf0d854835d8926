import type { KinesisClient } from '@aws-sdk/client-kinesis';
import { listShardIds, readShard } from '@ad-analytics/local-stack/kinesis/read-shard';
import { parseResult } from '@ad-analytics/result-records/parse-result';

/** Results as a consumer sees them that upserts by record_id. */
export interface ResultSet {
  /** Content by identity: the record itself by its record_id; for late and rejected records see `identify`. */
  readonly byIdentity: ReadonlyMap<string, string>;
  /** Records delivered, repeats included. */
  readonly delivered: number;
  /** record_ids that came with more than one content. */
  readonly contradictions: readonly string[];
}

/** The only part of a rejected record's reason that is not a function of the record. */
const ARRIVAL = /(after the record's arrival at ).*/;

/**
 * A late or rejected record has no id: its record_id is made of its place in the stream, and the time of a rejected one is
 * its arrival time, so both differ in every run. Only the content must be the same.
 * @param line the record as delivered
 * @returns the content, without its place and arrival time; undefined for a record of another type
 */
export function contentWithoutPlace(line: string): string | undefined {
  const { record_type: type, event_time: time, ...rest } = JSON.parse(line) as Record<string, unknown>;
  if (type !== 'late_event' && type !== 'rejected_event') return undefined;
  const payload = rest[type] as Record<string, unknown>;
  if (type === 'late_event') return JSON.stringify({ type, time, payload });
  return JSON.stringify({ type, payload: { ...payload, reason: String(payload['reason']).replace(ARRIVAL, '$1...') } });
}

/**
 * @param lines records as delivered, in any order
 * @throws Error for one that is not a result of the contract
 */
export function resultSet(lines: Iterable<Uint8Array>): ResultSet {
  const byId = new Map<string, string>();
  const contradictions = new Set<string>();
  let delivered = 0;
  for (const bytes of lines) {
    const parsed = parseResult(bytes);
    const line = Buffer.from(bytes).toString('utf8');
    if ('problem' in parsed) throw new Error(`not a result of the contract (${parsed.problem}): ${line}`);
    const id = parsed.record.record_id;
    if (byId.has(id) && byId.get(id) !== line) contradictions.add(id);
    byId.set(id, line);
    delivered += 1;
  }
  const byIdentity = new Map<string, string>();
  const copies = new Map<string, number>();
  for (const [id, line] of byId) {
    const content = contentWithoutPlace(line);
    if (content === undefined) byIdentity.set(id, line);
    else {
      // Equal records in several places: the first, the second and so on.
      const copy = (copies.get(content) ?? 0) + 1;
      copies.set(content, copy);
      byIdentity.set(`${content} #${copy}`, content);
    }
  }
  return { byIdentity, delivered, contradictions: [...contradictions].sort() };
}

/** @returns all records that are in a stream now, each shard in its order */
export async function readAll(
  client: KinesisClient,
  stream: string,
  signal: AbortSignal,
): Promise<Map<string, Uint8Array[]>> {
  const byShard = new Map<string, Uint8Array[]>();
  for (const shard of await listShardIds(client, stream)) {
    const records: Uint8Array[] = [];
    for await (const batch of readShard(client, stream, shard, { signal }))
      records.push(...batch.map(({ data }) => data));
    signal.throwIfAborted();
    byShard.set(shard, records);
  }
  return byShard;
}
