import { sqlLiteral } from '@ad-analytics/duckdb-client/sql-literal';
import { identifier } from '../sql-text';
import { type Choice, byName } from './choice';
import { type ColumnProfile, nearlyAll } from './column-profile';

const TIME_NAMES = [
  ...['eventtime', 'eventtimestamp', 'impressiontime', 'timestamp', 'ts', 'time', 'datetime', 'servedat', 'showtime'],
  ...['createdat', 'requesttime', 'logtime', 'collectortstamp', 'hour', 'date', 'at'],
];
const CLICK_TIME_NAMES = ['clicktime', 'clicktimestamp', 'clickts', 'clickedat'];

const UNITS = [
  ['seconds', 'time_from_seconds'],
  ['milliseconds', 'time_from_milliseconds'],
  ['microseconds', 'time_from_microseconds'],
] as const;

/** @returns how the values of a column are read as times, and why; undefined when they are not times */
function readTime(profile: ColumnProfile, timeZone: string): Choice | undefined {
  const column = identifier(profile.name);
  const example = profile.common[0] ?? '';
  const zone = `They do not have a time zone: ${timeZone} is assumed, --time-zone sets another one`;
  if (/^(TIMESTAMP|DATE)/.test(profile.type))
    return { sql: column, because: `it has the type ${profile.type}`, column: profile.name };
  if (profile.timeForm !== undefined) {
    // %z reads the zone, so the time of the command must not be added.
    const zoned = profile.timeForm.endsWith('%z') || profile.timeForm.endsWith('GMT');
    const sql = zoned
      ? `timezone('UTC', try_strptime(${column}, ${sqlLiteral(profile.timeForm)}))`
      : `time_from_form(${column}, ${sqlLiteral(profile.timeForm)})`;
    const because = `its values have the form ${profile.timeForm}, such as ${example}.${zoned ? '' : ` ${zone}`}`;
    return { sql, because, column: profile.name };
  }
  for (const [unit, macro] of UNITS) {
    if (nearlyAll(profile, profile[unit])) {
      const because = `its values, from ${profile.least} to ${profile.greatest}, can only be ${unit} since 1970`;
      return { sql: `${macro}(${column})`, because, column: profile.name };
    }
  }
  if (nearlyAll(profile, profile.timeTexts)) {
    const said =
      profile.zones === profile.values
        ? 'They have a time zone'
        : profile.zones > 0
          ? `Some of them have a time zone. ${zone}`
          : zone;
    return {
      sql: `time_from_text(${column})`,
      because: `its values are times such as ${example}. ${said}`,
      column: profile.name,
    };
  }
  return undefined;
}

/** @returns the time of the event: by its name among the columns that hold times, or the only one of them */
export function chooseTime(profiles: readonly ColumnProfile[], timeZone: string): Choice | undefined {
  const times = profiles.filter((profile) => readTime(profile, timeZone) !== undefined && !isClickTime(profile));
  const named = byName(times, TIME_NAMES);
  const found = named ?? (times.length === 1 ? times[0] : undefined);
  const choice = found && readTime(found, timeZone);
  return found && choice && { ...choice, because: `${found.name}: ${choice.because}` };
}

const isClickTime = (profile: ColumnProfile) => byName([profile], CLICK_TIME_NAMES) !== undefined;

/** @returns the time of the click, where a row is an impression and its click */
export function chooseClickTime(profiles: readonly ColumnProfile[], timeZone: string): Choice | undefined {
  const found = byName(profiles, CLICK_TIME_NAMES, (profile) => readTime(profile, timeZone) !== undefined);
  const choice = found && readTime(found, timeZone);
  return found && choice && { ...choice, because: `${found.name}: ${choice.because}` };
}
