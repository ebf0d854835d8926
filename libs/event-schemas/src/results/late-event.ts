import { z } from 'zod';
import { identifier, time, wholeNumber } from '../fields';
import { ID_POSITION, resultSchema } from './envelope';
import { SOURCES } from './source';

export const lateEventSchema = resultSchema(
  'late_event',
  {
    title: 'Late event',
    description: 'One per event that came too late: it is in no window and no join.',
    recordId: ID_POSITION,
    eventTime: "The late event's own time",
  },
  z.object({
    source: z.enum(SOURCES).describe('Which kind of event it is.'),
    event_id: identifier.describe('Its impression_id or click_id.'),
    event_time: time.describe("The late event's own time; ISO-8601 UTC with milliseconds."),
    lateness_ms: wholeNumber.describe(
      'How far it is behind the clock of its shard, in milliseconds; the clock is the greatest min(event time, arrival time) of the records before it.',
    ),
  }),
);
