import type { ResultRecord } from '@ad-analytics/event-schemas';
import { PARTITION_COLUMNS } from './columns';

/** The partition of a result in the archive. */
export type Partition = Readonly<Record<(typeof PARTITION_COLUMNS)[number]['name'], string>>;

const DATE_LENGTH = '2026-11-23'.length;

/**
 * The same as a jq expression for Firehose. A window belongs to the day of its start: its `event_time` is its end, and the last window of a
 * day ends on the next day. A slice in jq works like `slice`, and `//` returns the right side if the left one is null.
 */
export const PARTITION_JQ =
  '{record_type: .record_type, event_date: (.[.record_type].window_start // .event_time)[0:10]}';

/** @returns the partition of a result; a pure function, so that repeated deliveries are in the same partition */
export function partitionOf(record: ResultRecord): Partition {
  const payload = (record as unknown as Record<string, { window_start?: string }>)[record.record_type];
  const time = payload?.window_start ?? record.event_time;
  return { record_type: record.record_type, event_date: time.slice(0, DATE_LENGTH) };
}

/** @returns the folder of a partition below the table's folder, in the format of Hive, Athena and DuckDB; ends with a slash */
export function partitionFolder(partition: Partition): string {
  return PARTITION_COLUMNS.map(({ name }) => `${name}=${partition[name]}/`).join('');
}

/** Folder of the table in the bucket, or in the local archive. */
export const TABLE_FOLDER = 'results/';

/** Folder of records that could not be archived. */
export const ERRORS_FOLDER = 'errors/';

/** The hour of arrival, with which file names begin. */
const ARRIVAL = '!{timestamp:yyyyMMddHH}-';

/**
 * @returns the `prefix` of the Firehose delivery stream: the same folders, filled in from {@link PARTITION_JQ}. Firehose adds folders by
 *   the hour of arrival to a prefix without a timestamp. So the prefix contains a timestamp, at the beginning of the file names
 */
export function firehosePrefix(): string {
  const [record_type, event_date] = PARTITION_COLUMNS.map(({ name }) => `!{partitionKeyFromQuery:${name}}`);
  return TABLE_FOLDER + partitionFolder({ record_type: record_type ?? '', event_date: event_date ?? '' }) + ARRIVAL;
}

/** @returns its `error_output_prefix`: folders by kind and time of the error */
export function firehoseErrorPrefix(): string {
  return `${ERRORS_FOLDER}!{firehose:error-output-type}/!{timestamp:yyyy-MM-dd}/`;
}
