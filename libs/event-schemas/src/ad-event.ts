/** What an impression and a click have in common. */
import { z } from 'zod';
import { countryCode, identifier, inputTime, unicodeText } from './fields';
import { IP_ADDRESS_PATTERN } from './ip-address';

export const DEVICE_TYPES = ['mobile', 'desktop', 'tablet', 'ctv', 'other', 'unknown'] as const;
export type DeviceType = (typeof DEVICE_TYPES)[number];

export const deviceType = z.enum(DEVICE_TYPES);

/** Required in both, in addition to the id of the event. */
export const requiredAdEventFields = {
  event_time: inputTime.describe('Time of the event; ISO-8601 UTC with milliseconds, from 1970 to 9999.'),
  user_id: identifier.describe('The user who saw or clicked the ad.'),
  campaign_id: identifier.describe('The campaign that the ad belongs to.'),
  ad_id: identifier.describe('The ad (creative).'),
  publisher_id: identifier.describe('The publisher whose page or app showed the ad.'),
};

/** Optional in both; null means the same as absent. */
export const optionalAdEventFields = {
  device_type: deviceType.nullish().describe("Class of the user's device."),
  country: countryCode.nullish().describe('Country of the user; ISO 3166-1 alpha-2, upper case.'),
  ip: z
    .string()
    .regex(IP_ADDRESS_PATTERN, 'must be an IPv4 or IPv6 address')
    .nullish()
    .describe("The user's IPv4 or IPv6 address, without zone or prefix length."),
  user_agent: unicodeText.nullish().describe('The User-Agent header as sent.'),
};
