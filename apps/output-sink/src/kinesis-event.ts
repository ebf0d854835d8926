import { parse } from '@aws-lambda-powertools/parser';
import { KinesisDataStreamRecord, KinesisDataStreamRecordPayload } from '@aws-lambda-powertools/parser/schemas/kinesis';
import { z } from 'zod';

/**
 * Powertools' schema of a Kinesis event, with two differences: that schema decodes the data as text, which destroys an
 * aggregated record, and rejects an event without records, which is harmless.
 */
const eventSchema = z.object({
  Records: z.array(
    KinesisDataStreamRecord.extend({
      eventID: z.string().regex(/^[^:]+:\d+$/, 'must be <shard>:<sequence number>'),
      eventSourceARN: z.string().regex(/:stream\/[^/]+/, 'must be the ARN of a stream'),
      kinesis: KinesisDataStreamRecordPayload.extend({ sequenceNumber: z.string().min(1), data: z.string() }),
    }),
  ),
});

/** A batch of records from Lambda; the data is in base64. */
export type KinesisEvent = z.infer<typeof eventSchema>;
export type KinesisRecord = KinesisEvent['Records'][number];

/**
 * @param event argument of the function
 * @returns the validated event
 * @throws {ParseError} when it is not a batch of a Kinesis stream, because the function has another trigger
 */
export function parseKinesisEvent(event: unknown): KinesisEvent {
  return parse(event, undefined, eventSchema);
}
