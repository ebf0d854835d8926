import { z } from 'zod';
import { wholeNumber } from '../fields';
import { wholeText } from '../whole-text';
import { ID_POSITION, resultSchema } from './envelope';
import { SOURCES } from './source';

const BASE64 = wholeText('(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?');

/** Most of a rejected record that its result carries, in bytes. */
export const MAX_RAW_BYTES = 64 * 1024;

export const rejectedEventSchema = resultSchema(
  'rejected_event',
  {
    title: 'Rejected event',
    description:
      'One per input record that is not a valid event: it is in no figure and does not move the clock of its shard.',
    recordId: ID_POSITION,
    eventTime: "The record's arrival time in its stream",
  },
  z.object({
    source: z.enum(SOURCES).describe('Which stream the record came from.'),
    reason: z.string().min(1).describe('Why it is rejected; names the field.'),
    raw: z
      .string()
      .max(4 * Math.ceil(MAX_RAW_BYTES / 3))
      .regex(BASE64, 'must be base64')
      .meta({
        contentEncoding: 'base64',
        description: `The record as it came, base64; only its first ${MAX_RAW_BYTES} bytes when it is longer.`,
      }),
    raw_length: wholeNumber.describe('Length of the whole record, in bytes.'),
  }),
);
