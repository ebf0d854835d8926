import {
  fitsPage,
  itemProblem,
  marshallItem,
  scorePages,
  toItem,
  type PlacedScore,
  type ServingItem,
  type StoredItem,
} from '@ad-analytics/serving-table';
import type { Arrived } from './newest-by-id';
import type { StreamRecord } from './stream-record';

/** A result, its origin, and its index in the event. */
export interface ArrivedResult extends Arrived {
  readonly from: StreamRecord;
  /** Index of the event's record that it came in. */
  readonly at: number;
}

/** An item, and the results in it, at least one. */
interface PlacedItem {
  readonly item: StoredItem;
  readonly results: readonly ArrivedResult[];
}

/** The items of a batch. */
export interface BatchItems {
  readonly items: readonly PlacedItem[];
  /** Results that the table can never hold, each with the reason. */
  readonly refused: readonly { readonly result: ArrivedResult; readonly reason: string }[];
}

/** A score of the batch with its position in the stream. */
interface ArrivedScore extends PlacedScore {
  readonly result: ArrivedResult;
}

/** @returns the item as the client sends it, or why the table can never hold it */
function stored(make: () => ServingItem, recordType: string): { item: StoredItem } | { reason: string } {
  try {
    const item = marshallItem(make());
    const reason = itemProblem(item);
    return reason === undefined ? { item } : { reason };
  } catch (error) {
    // A number that DynamoDB does not accept, or a time outside the range of a date: a retry would also fail.
    return { reason: `${recordType}: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function placed(result: ArrivedResult): ArrivedScore[] {
  const { record, from } = result;
  if (!fitsPage(record)) return [];
  return [{ record, place: from.position, result }];
}

/**
 * @param results of a batch, each `record_id` once
 * @param nowMs time of writing, milliseconds since the epoch
 * @returns the items to write: pages of scores, and an item for each other result
 */
export function itemsOf(results: readonly ArrivedResult[], nowMs: number): BatchItems {
  const items: PlacedItem[] = [];
  const refused: { result: ArrivedResult; reason: string }[] = [];
  for (const result of results.filter(({ record }) => !fitsPage(record))) {
    const made = stored(() => toItem(result.record, nowMs), result.record.record_type);
    if ('reason' in made) refused.push({ result, reason: made.reason });
    else items.push({ item: made.item, results: [result] });
  }
  // A page is named after its first score in the order of the stream, not of the results.
  const scores = results
    .flatMap(placed)
    .sort(
      ({ result: one }, { result: other }) =>
        one.at - other.at || (one.from.position.part ?? 0) - (other.from.position.part ?? 0),
    );
  const pagesOf = (some: readonly ArrivedScore[]) =>
    scorePages(some, nowMs).map((page) => ({ ...page, made: stored(() => page.item, page.item.record_type) }));
  const pages = pagesOf(scores);
  // A score that the table cannot hold must not keep the others of its page out, so it is refused alone.
  const fits = (score: ArrivedScore): boolean => {
    const [alone] = pagesOf([score]);
    if (alone === undefined || 'item' in alone.made) return true;
    refused.push({ result: score.result, reason: alone.made.reason });
    return false;
  };
  const allFit = pages.every(({ made }) => 'item' in made);
  for (const { made, scores: held } of allFit ? pages : pagesOf(scores.filter(fits))) {
    const results = held.map(({ result }) => result);
    if ('reason' in made) refused.push(...results.map((result) => ({ result, reason: made.reason })));
    else items.push({ item: made.item, results });
  }
  return { items, refused };
}
