import { type Click, formatEventTime, type Impression } from '@ad-analytics/event-schemas';
import type { Placement } from './catalogue';
import type { Visitor } from './population';
import type { RandomStream } from './random-stream';

/** The price varies between auctions by this share. */
const PRICE_SPREAD = 0.1;

/**
 * @param epochMs event time, whole milliseconds
 * @param random source of the id and the price
 * @returns a valid impression; its price is a thousandth of the campaign's CPM, plus or minus a tenth
 */
export function impressionEvent(
  epochMs: number,
  visitor: Visitor,
  { campaign, ad, publisherId }: Placement,
  random: RandomStream,
): Impression {
  return {
    impression_id: random.uuid(),
    event_time: formatEventTime(epochMs),
    user_id: visitor.userId,
    campaign_id: campaign.campaignId,
    ad_id: ad.adId,
    publisher_id: publisherId,
    device_type: visitor.deviceType,
    country: visitor.country,
    ip: visitor.ip,
    user_agent: visitor.userAgent,
    // A CPM of 1 dollar is 1,000 millionths of a dollar per impression.
    cost_micros: Math.round(campaign.cpm * 1_000 * random.between(1 - PRICE_SPREAD, 1 + PRICE_SPREAD)),
    width: ad.width,
    height: ad.height,
  };
}

/**
 * @param epochMs event time, whole milliseconds
 * @param visitor who clicks, usually the one who saw the ad
 * @param impression that is clicked
 * @param random source of the id
 * @returns a valid click
 */
export function clickEvent(epochMs: number, visitor: Visitor, impression: Impression, random: RandomStream): Click {
  return {
    click_id: random.uuid(),
    impression_id: impression.impression_id,
    event_time: formatEventTime(epochMs),
    user_id: visitor.userId,
    campaign_id: impression.campaign_id,
    ad_id: impression.ad_id,
    publisher_id: impression.publisher_id,
    device_type: visitor.deviceType,
    country: visitor.country,
    ip: visitor.ip,
    user_agent: visitor.userAgent,
  };
}
