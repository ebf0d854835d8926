import { z } from 'zod';
import { identifier, time, wholeNumber } from '../fields';
import { ID_POSITION, resultSchema } from './envelope';
import { SOURCES } from './source';

export const lateEventSchema = resultSchema(
  'late_event',
  {
    title: 'Late event',
    description: 'One record per late event. A late event is not part of any window or join.',
    recordId: ID_POSITION,
    eventTime: "The late event's own time",
  },
  z.object({
    source: z.enum(SOURCES).describe('Kind of the event.'),
    event_id: identifier.describe('impression_id or click_id of the event.'),
    event_time: time.describe("The late event's own time; ISO-8601 UTC with milliseconds."),
    lateness_ms: wholeNumber.describe(
      'How far the event is behind the clock of its shard, in milliseconds; the clock is the greatest min(event time, arrival time) of the records before the event.',
    ),
  }),
);
