import { setTimeout as sleep } from 'node:timers/promises';
import { type Click, type Impression, formatEventTime } from '@ad-analytics/event-schemas';
import { PutRecordsCommand } from '@aws-sdk/client-kinesis';
import type { LocalStack } from '@ad-analytics/local-stack/stack';

/** A name that would run a script if the page interpreted it as markup. */
export const HOSTILE = '<img src=x onerror=alert(1)>';

const EVERY_MS = 1_000;
/** Enough to be among the top campaigns. */
const IMPRESSIONS = 15;

/** Every name in the event is hostile. */
const IDS = { user_id: HOSTILE, campaign_id: HOSTILE, ad_id: HOSTILE, publisher_id: HOSTILE } as const;

/**
 * Sends events of a campaign with a hostile name along with whatever else is sent, until it is told to stop: on a slow machine, half a
 * minute of them can be out of the rankings before anything looks.
 * @param stack that runs
 * @param stop ends it
 * @returns how many events were sent
 */
export async function sendHostileTraffic(
  stack: Pick<LocalStack, 'kinesis' | 'settings'>,
  stop: AbortSignal,
): Promise<{ impressions: number; clicks: number }> {
  const { kinesis, settings } = stack;
  const put = (stream: string, events: readonly (Impression | Click)[]) =>
    kinesis.send(
      new PutRecordsCommand({
        StreamName: stream,
        Records: events.map((event) => ({
          PartitionKey: event.impression_id,
          Data: Buffer.from(JSON.stringify(event)),
        })),
      }),
    );
  const sent = { impressions: 0, clicks: 0 };
  for (let round = 0; !stop.aborted; round += 1) {
    const impressions = Array.from({ length: IMPRESSIONS }, (_, index): Impression => {
      const time = formatEventTime(Date.now());
      return { ...IDS, impression_id: `hostile-${round}-${index}`, event_time: time, cost_micros: 1_500 };
    });
    await put(settings.impressions.streamName, impressions);
    await sleep(EVERY_MS, undefined, { signal: stop }).catch(() => {});
    const clicked = `hostile-${round}-0`;
    const click = {
      ...IDS,
      click_id: `click-${clicked}`,
      impression_id: clicked,
      event_time: formatEventTime(Date.now()),
    };
    await put(settings.clicks.streamName, [click]);
    sent.impressions += impressions.length;
    sent.clicks += 1;
  }
  return sent;
}
