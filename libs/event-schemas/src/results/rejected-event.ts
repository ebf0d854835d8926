import { z } from 'zod';
import { wholeNumber } from '../fields';
import { wholeText } from '../whole-text';
import { defineResult } from './define-result';
import { SOURCES } from './source';

const BASE64 = wholeText('(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?');

/** Maximum number of bytes of a rejected record in its result. */
export const MAX_RAW_BYTES = 64 * 1024;

export const rejectedEvent = defineResult(
  'rejected_event',
  {
    title: 'Rejected event',
    description:
      'One record per input record that is not a valid event. A rejected record is not part of any figure and does not advance the clock of its shard.',
    recordId: 'position',
    eventTime: "The record's arrival time in its stream",
    docs: {
      per: 'record that is not a valid event',
      question: 'which records are not valid events, and why?',
      window: 'none',
    },
    contains: 'input records that are not valid events',
    person: 'raw record',
    example: {
      eventTime: '2026-11-23T10:00:00.000Z',
      position: 'AdImpressionsStreamInput:shardId-000000000001:4959033827149025660855969253836157:3',
      fields: { source: 'impression', reason: 'not valid JSON: unexpected token', raw: 'aGVsbG8=', raw_length: 5 },
    },
    serving: { retentionDays: 14, writeShards: 4, byTime: { bucket: 'minute' } },
  },
  z.object({
    source: z.enum(SOURCES).describe('Stream that the record came from.'),
    reason: z.string().min(1).describe('Why the record was rejected; names the field.'),
    raw: z
      .string()
      .max(4 * Math.ceil(MAX_RAW_BYTES / 3))
      .regex(BASE64, 'must be base64')
      .meta({ contentEncoding: 'base64' })
      .nullable()
      .describe(
        `The record as received, in base64; only its first ${MAX_RAW_BYTES} bytes if it is longer. Null if the job withholds it, because it may contain personal data.`,
      ),
    raw_length: wholeNumber.describe('Length of the whole record, in bytes.'),
  }),
);
