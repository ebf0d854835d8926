import type { ResultRecord } from '@ad-analytics/event-schemas';
import { type GivenResult, givenResults } from '@ad-analytics/archive/given-results';

/**
 * @param user_id id of a user
 * @param sequence of the user's late and rejected events: digits that differ for each user
 * @returns deliveries of results of each type that belong to the user, the attributed click twice. The unattributed click names the impression
 *   `i-of-another` of another user
 */
export function resultsOfUser(user_id: string, sequence: string): ResultRecord[] {
  const [click_id, impression_id] = [`k-${user_id}`, `i-${user_id}`];
  const raw = JSON.stringify({ user_id, click_id: 7 });
  const results: GivenResult[] = [
    { attributed_click: { user_id, click_id, impression_id }, deliveries: 2 },
    { unattributed_click: { user_id, click_id: `u-${user_id}`, impression_id: 'i-of-another' } },
    { user_engagement: { user_id, score: 50 } },
    { fraud_alert: { rule: 'abnormal_ctr', actor_type: 'user', actor_id: user_id } },
    { fraud_alert: { rule: 'known_bot', actor_type: 'impression', actor_id: impression_id } },
    { late_event: { source: 'click', event_id: click_id }, sequence },
    {
      rejected_event: { raw: Buffer.from(raw).toString('base64'), raw_length: Buffer.byteLength(raw) },
      sequence,
    },
  ];
  return results.flatMap(givenResults);
}
