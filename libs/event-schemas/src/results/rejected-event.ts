import { z } from 'zod';
import { wholeNumber } from '../fields';
import { wholeText } from '../whole-text';
import { ID_POSITION, resultSchema } from './envelope';
import { SOURCES } from './source';

const BASE64 = wholeText('(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?');

/** How many bytes of a rejected record its result contains at most. */
export const MAX_RAW_BYTES = 64 * 1024;

export const rejectedEventSchema = resultSchema(
  'rejected_event',
  {
    title: 'Rejected event',
    description:
      'One record per input record that is not a valid event. A rejected record is not part of any figure and does not advance the clock of its shard.',
    recordId: ID_POSITION,
    eventTime: "The record's arrival time in its stream",
  },
  z.object({
    source: z.enum(SOURCES).describe('Stream that the record came from.'),
    reason: z.string().min(1).describe('Why the record was rejected; names the field.'),
    raw: z
      .string()
      .max(4 * Math.ceil(MAX_RAW_BYTES / 3))
      .regex(BASE64, 'must be base64')
      .meta({
        contentEncoding: 'base64',
        description: `The record as received, in base64; only its first ${MAX_RAW_BYTES} bytes if it is longer.`,
      }),
    raw_length: wholeNumber.describe('Length of the whole record, in bytes.'),
  }),
);
