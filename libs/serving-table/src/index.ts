export { createServingClient, tableReader, type TableReader } from './client';
export { clientConfig, type ServiceOptions } from './client-config';
export { createServingTable } from './create-table';
export { inParallel } from './in-parallel';
export { fromItem, marshallItem, ServingItemError, storedRecord, toItem, unmarshallItem } from './item';
export type { ServingItem, StoredItem } from './item';
export type { RejectedSummary } from './queries/buckets';
export type { Newest, TimelineRange } from './queries/timelines';
export type { NewestWindow, TopOfWindow } from './queries/windows';
export { expiresAt } from './retention';
export {
  fitsPage,
  isPage,
  scorePages,
  withoutUsers,
  type PlacedScore,
  type ScorePage,
  type StreamPlace,
} from './score-page';
export { ServingTable } from './serving-table';
export {
  BY_SUBJECT,
  BY_TIME,
  DEFAULT_TABLE_NAME,
  EXPIRY_ATTRIBUTE,
  tableDefinition,
  timeToLive,
} from './table-definition';
export { itemProblem } from './item-limits';
export { putUnlessNewer, tableWriter, type TableWriter } from './table-writer';
