import { z } from 'zod';
import { identifier, time, wholeNumber } from '../fields';
import { defineResult } from './define-result';
import { SOURCES } from './source';

export const lateEvent = defineResult(
  'late_event',
  {
    title: 'Late event',
    description: 'One record per late event. A late event is not part of any window or join.',
    recordId: 'position',
    eventTime: "The late event's own time",
    docs: {
      per: 'late event',
      question: 'which events were too late to be counted, and how late?',
      window: 'none',
    },
    contains: 'events that arrived too late to be counted',
    person: 'event_id',
    example: {
      eventTime: '2026-11-23T10:00:00.000Z',
      position: 'ClicksStreamInput:shardId-000000000000:49590338271490256608559692538361571095921575989136588898',
      fields: {
        source: 'click',
        event_id: 'click-1',
        event_time: '2026-11-23T10:00:00.000Z',
        lateness_ms: 5001,
      },
    },
    serving: { retentionDays: 7, writeShards: 4, byTime: { bucket: 'minute' } },
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
