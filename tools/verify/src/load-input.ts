import { MAX_RAW_BYTES, type Click, type Impression, type Source } from '@ad-analytics/event-schemas';
import type { Database } from './database';
import { writeFields } from './event-fields';
import type { Input, SourceRecord } from './input';
import { classifyRecord } from './classify-record';
import { RowWriter } from './row-writer';
import type { VerifySettings } from './settings';

/**
 * Reads one input into the tables event and rejected_record.
 * @param options `onRecord` is called after each record with the number of records so far
 * @returns number of records read
 */
export async function loadInput(
  database: Database,
  source: Source,
  input: Input,
  settings: VerifySettings,
  options: { onRecord: (records: number) => void; signal?: AbortSignal | undefined },
): Promise<number> {
  const events = new RowWriter(await database.appender('event'));
  const rejected = new RowWriter(await database.appender('rejected_record'));
  let ord = 0;
  for await (const record of input.records()) {
    options.signal?.throwIfAborted();
    const classification = classifyRecord(source, record.data, record.arrivalTime, settings.maxFutureMs);
    if (classification.event === undefined) writeRejected(rejected, source, ord, record, classification.fields);
    else writeEvent(events, source, ord, record, classification.event, classification.t);
    ord += 1;
    options.onRecord(ord);
  }
  options.signal?.throwIfAborted();
  events.close();
  rejected.close();
  return ord;
}

function writeEvent(
  to: RowWriter,
  source: Source,
  ord: number,
  record: SourceRecord,
  event: Impression | Click,
  t: number,
) {
  to.text(source).integer(ord).text(record.shard).text(record.sequence);
  // In a file, the order of the lines is the order of arrival.
  to.integer(record.sequence === undefined ? ord : (record.arrivalTime ?? ord));
  to.text('click_id' in event && source === 'click' ? event.click_id : event.impression_id).text(event.impression_id);
  to.integer(t).text(event.user_id).text(event.campaign_id).text(event.ad_id).text(event.publisher_id);
  writeFields(to, event);
  to.end();
}

function writeRejected(to: RowWriter, source: Source, ord: number, record: SourceRecord, fields: readonly string[]) {
  const head = Buffer.from(record.data.buffer, record.data.byteOffset, Math.min(record.data.length, MAX_RAW_BYTES));
  to.text(source).integer(ord).text(record.shard).text(record.sequence);
  to.integer(record.sequence === undefined ? undefined : record.arrivalTime);
  to.text(fields.join(' or ')).text(head.toString('base64')).integer(record.data.length).end();
}
