import { createHash } from 'node:crypto';
import { RECORD_TYPES, type RecordType, parseEventTime, resultRecordSchema } from '@ad-analytics/event-schemas';

/** Which results are compared: those of event times from `since` on, before `until`; milliseconds since the epoch. */
export interface ComparedTime {
  readonly since: number;
  readonly until: number;
}

/** How results of one type agree, counted by `record_id`. */
export interface Agreement {
  same: number;
  differing: number;
  onlyFirst: number;
  onlySecond: number;
}

/** What two versions of the job say about the same time. */
export interface Comparison {
  readonly types: ReadonlyMap<RecordType, Agreement>;
  /** Records that do not fit the contract, in the first and in the second. */
  readonly malformed: readonly [number, number];
  /** Ids of some that do not agree, in words. */
  readonly examples: readonly string[];
}

interface Result {
  readonly type: RecordType;
  readonly digest: string;
}

/** @returns the value with the fields of all its objects in one order: it is not part of what a record says */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, part]): [string, unknown] => [name, inOrder(part)]),
  );
}

/** @returns the results of the time by `record_id`, each as it was written last, and how many records were malformed */
async function resultsOf(records: AsyncIterable<Uint8Array>, { since, until }: ComparedTime) {
  const results = new Map<string, Result>();
  let malformed = 0;
  for await (const data of records) {
    const parsed = resultRecordSchema.safeParse(json(data));
    if (!parsed.success) {
      malformed += 1;
      continue;
    }
    const { record_type: type, record_id: id, event_time: time } = parsed.data;
    const at = parseEventTime(time);
    if (at < since || at >= until) continue;
    results.set(id, {
      type,
      digest: createHash('sha256')
        .update(JSON.stringify(inOrder(parsed.data)))
        .digest('base64'),
    });
  }
  return { results, malformed };
}

/** @returns the value; undefined, which is not a result, when it is not JSON */
function json(data: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(data).toString('utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Compares what two versions of the job wrote, by `record_id`: as a consumer that upserts has it. Keeps an id and a digest of each result of the time in memory.
 * @param first records of one stream of results
 * @param second records of the other
 * @param time of the events that results are about
 * @param most examples that are kept
 */
export async function compareResults(
  first: AsyncIterable<Uint8Array>,
  second: AsyncIterable<Uint8Array>,
  time: ComparedTime,
  most: number,
): Promise<Comparison> {
  const [one, other] = [await resultsOf(first, time), await resultsOf(second, time)];
  const types = new Map(
    RECORD_TYPES.map((type): [RecordType, Agreement] => [type, { same: 0, differing: 0, onlyFirst: 0, onlySecond: 0 }]),
  );
  const examples: string[] = [];
  const count = (type: RecordType, how: keyof Agreement, id: string) => {
    const agreement = types.get(type);
    if (agreement !== undefined) agreement[how] += 1;
    if (how !== 'same' && examples.length < most) examples.push(`${WORDS[how]}: ${id}`);
  };
  for (const [id, { type, digest }] of one.results) {
    const found = other.results.get(id);
    count(type, found === undefined ? 'onlyFirst' : found.digest === digest ? 'same' : 'differing', id);
  }
  for (const [id, { type }] of other.results) if (!one.results.has(id)) count(type, 'onlySecond', id);
  return { types, malformed: [one.malformed, other.malformed], examples };
}

/** What each kind of disagreement is called. */
export const WORDS: Readonly<Record<keyof Agreement, string>> = {
  same: 'same',
  differing: 'differing',
  onlyFirst: 'only in the first',
  onlySecond: 'only in the second',
};

/** @returns how many results were compared, and how many of them do not agree */
export function counts({ types, malformed }: Comparison): { compared: number; disagreeing: number } {
  const all = [...types.values()];
  const sum = (how: keyof Agreement) => all.reduce((total, agreement) => total + agreement[how], 0);
  const disagreeing = sum('differing') + sum('onlyFirst') + sum('onlySecond');
  return { compared: sum('same') + disagreeing, disagreeing: disagreeing + malformed[0] + malformed[1] };
}
