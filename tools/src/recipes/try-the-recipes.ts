/**
 * Prints what the independent check finds, and how the serving table holds it, in a workspace in which the recipes were followed. In the minute of
 * an impression of an address, it is clicked three times by that address.
 */
import { resultRecordSchema } from '@ad-analytics/event-schemas';
import { toItem } from '@ad-analytics/serving-table';
import { expectedResults } from '@ad-analytics/verify/sample-check';
import { at, click, impression, result } from '@ad-analytics/verify/sample-events';

const IP = '192.0.2.1';
const IMPRESSIONS = [{ event: impression('i1', 29, { ip: IP, cost_micros: 3001, slot_name: 'top' }) }];
const CLICKS = [0, 1, 2].map((k) => ({ event: click(`k${k}`, 'i1', 30 + k, { ip: IP }) }));

async function main(): Promise<void> {
  const limits = { clickShareMinClicks: 3, clickShareThreshold: 0.7, shortSlideSeconds: 60 };
  const found = (type: string) =>
    expectedResults(type as Parameters<typeof expectedResults>[0], IMPRESSIONS, CLICKS, limits as object);
  const record = resultRecordSchema.parse(
    result('campaign_cost', `${at(0)}:c1`, at(60), {
      campaign_id: 'c1',
      window_start: at(0),
      window_end: at(60),
      valid_clicks: 1,
      cost_per_click_micros: 3001,
    }),
  );
  console.log(
    JSON.stringify({
      alerts: await found('fraud_alert'),
      slots: (await found('attributed_click')).map(({ click_id, slot_name }) => [click_id, slot_name]).sort(),
      costs: await found('campaign_cost'),
      item: toItem(record, 0),
    }),
  );
}

void main();
