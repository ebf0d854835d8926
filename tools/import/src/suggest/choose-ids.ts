import { identifier } from '../sql-text';
import { type Choice, byName } from './choice';
import type { ColumnProfile } from './column-profile';

const NAMES: Readonly<Record<string, readonly string[]>> = {
  impression_id: [
    'impressionid',
    'impid',
    'viewid',
    'displayid',
    'bidid',
    'auctionid',
    'requestid',
    'eventid',
    'uuid',
    'id',
  ],
  user_id: [
    'userid',
    'uid',
    'user',
    'visitorid',
    'visitor',
    'userpseudoid',
    'cookieid',
    'cookie',
    'deviceid',
    'ifa',
    'idfa',
    'gaid',
    'clientid',
    'uuid',
  ],
  campaign_id: ['campaignid', 'campaign', 'cid', 'lineitemid', 'orderid', 'advertiserid', 'advertiser'],
  ad_id: ['adid', 'creativeid', 'creative', 'bannerid', 'banner', 'ad', 'itemid', 'productid'],
  publisher_id: [
    'publisherid',
    'publisher',
    'pubid',
    'siteid',
    'site',
    'domain',
    'appid',
    'app',
    'placementid',
    'placement',
    'zoneid',
    'zone',
    'channel',
    'sitedomain',
  ],
};

/** @returns the expression of an id, without what an ad server did not fill in, and the words about that */
function withoutLeftovers(found: ColumnProfile): Pick<Choice, 'sql' | 'because'> {
  const column = identifier(found.name);
  if (found.leftovers === 0) return { sql: column, because: '' };
  return {
    sql: `filled_in(${column})`,
    because: `. ${found.leftovers} of ${found.rows} values are placeholders, such as ${found.leftover ?? ''}, and are left out`,
  };
}

/**
 * @param field impression_id, user_id, campaign_id, ad_id or publisher_id
 * @param profiles of the columns that are not used yet
 * @returns the column for an id, by its name: values do not tell one id from another
 */
export function chooseId(field: string, profiles: readonly ColumnProfile[]): Choice | undefined {
  const found = byName(profiles, NAMES[field] ?? []);
  if (found === undefined) return undefined;
  const { sql, because } = withoutLeftovers(found);
  const different = `${found.distinct} different values in ${found.rows} rows`;
  return { sql, because: `${found.name}: by its name; ${different}${because}`, column: found.name };
}
