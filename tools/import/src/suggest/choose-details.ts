import { DEVICE_TYPES } from '@ad-analytics/event-schemas';
import { identifier } from '../sql-text';
import { type Choice, byName } from './choice';
import { type ColumnProfile, nearlyAll } from './column-profile';

type Chooser = (profiles: readonly ColumnProfile[]) => Choice | undefined;

const said = (profile: ColumnProfile, sql: string, because: string): Choice => ({
  sql,
  because: `${profile.name}: ${because}`,
  column: profile.name,
});

const ip: Chooser = (profiles) => {
  const like = (profile: ColumnProfile) =>
    nearlyAll(profile, profile.addresses + profile.maskedAddresses + profile.leftovers) &&
    profile.addresses + profile.maskedAddresses > 0;
  const found =
    byName(profiles, ['ip', 'ipaddress', 'userip', 'clientip', 'cip', 'remoteaddr', 'deviceip'], like) ??
    profiles.find(like);
  if (found === undefined) return undefined;
  const masked =
    found.maskedAddresses === 0 ? '' : `; ${found.maskedAddresses} of ${found.values} are masked, and left out`;
  return said(found, `whole_ip(${identifier(found.name)})`, `its values are addresses${masked}`);
};

const userAgent: Chooser = (profiles) => {
  const like = (profile: ColumnProfile) => profile.userAgents > profile.values / 2;
  const found = byName(profiles, ['useragent', 'ua', 'csuseragent', 'browser'], like) ?? profiles.find(like);
  return found && said(found, `filled_in(${identifier(found.name)})`, 'its values look like User-Agent headers');
};

const country: Chooser = (profiles) => {
  const found = byName(profiles, ['country', 'countrycode', 'geo', 'geocountry', 'countryname'], (profile) =>
    nearlyAll(profile, profile.upperCodes + profile.lowerCodes + profile.countryNames + profile.leftovers),
  );
  if (found === undefined) return undefined;
  const column = identifier(found.name);
  if (found.upperCodes === found.values) return said(found, column, 'its values are codes of two letters');
  return said(
    found,
    `country_code(filled_in(${column}))`,
    `its values, such as ${found.common.slice(0, 3).join(', ')}, are converted to codes of two letters`,
  );
};

const deviceType: Chooser = (profiles) => {
  const found = byName(
    profiles,
    ['devicetype', 'device', 'deviceclass', 'devicecategory', 'formfactor', 'platform', 'os'],
    (profile) => nearlyAll(profile, profile.devices),
  );
  if (found === undefined) return undefined;
  const column = identifier(found.name);
  const known: readonly string[] = DEVICE_TYPES;
  if (found.common.every((value) => known.includes(value)))
    return said(found, column, 'its values are those of the contract');
  return said(
    found,
    `device_class(${column})`,
    `its values, such as ${found.common.slice(0, 3).join(', ')}, are converted to the classes of the contract`,
  );
};

const cost: Chooser = (profiles) => {
  const number = (profile: ColumnProfile) => nearlyAll(profile, profile.numbers) && profile.least >= 0;
  const column = (profile: ColumnProfile) => identifier(profile.name);
  const micros = byName(profiles, ['costmicros', 'micros'], number);
  if (micros !== undefined) return said(micros, column(micros), 'by its name, in millionths of a dollar');
  const thousand = byName(profiles, ['cpm', 'ecpm', 'pricecpm', 'costcpm'], number);
  if (thousand !== undefined)
    return said(thousand, `micros_from_cpm(${column(thousand)})`, 'by its name, in dollars for a thousand impressions');
  const found = byName(
    profiles,
    ['cost', 'price', 'payingprice', 'winprice', 'clearingprice', 'auctionprice', 'spend', 'revenue', 'bid'],
    number,
  );
  if (found === undefined) return undefined;
  return said(
    found,
    `micros_from_dollars(${column(found)})`,
    `read as dollars for one impression (${found.least} to ${found.greatest}). For dollars for a thousand impressions, write micros_from_cpm(...)`,
  );
};

function side(names: readonly string[], part: 1 | 2): Chooser {
  return (profiles) => {
    const found = byName(profiles, names, (profile) => nearlyAll(profile, profile.numbers) && profile.least >= 0);
    if (found !== undefined) return said(found, identifier(found.name), 'by its name');
    const size = profiles.find((profile) => nearlyAll(profile, profile.sizes));
    return (
      size &&
      said(
        size,
        `split_part(${identifier(size.name)}, 'x', ${part})`,
        `its values are sizes such as ${size.common[0] ?? ''}`,
      )
    );
  };
}

/** The optional fields, in the order of the contract, with what chooses a column for each. */
export const DETAILS: Readonly<Record<string, Chooser>> = {
  device_type: deviceType,
  country,
  ip,
  user_agent: userAgent,
  cost_micros: cost,
  width: side(['width', 'slotwidth', 'adwidth', 'w'], 1),
  height: side(['height', 'slotheight', 'adheight', 'h'], 2),
};
