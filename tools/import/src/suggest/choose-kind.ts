import { sqlLiteral } from '@ad-analytics/duckdb-client/sql-literal';
import { identifier } from '../sql-text';
import { type Choice, byName } from './choice';
import { type ColumnProfile, nearlyAll } from './column-profile';

const LABEL_NAMES = ['clicked', 'isclick', 'isclicked', 'click', 'clk', 'label', 'target', 'y'];
const TYPE_NAMES = ['eventtype', 'event', 'eventname', 'logtype', 'action', 'type', 'kind'];
const CLICK_ID_NAMES = ['clickid', 'clkid', 'clickuuid', 'gclid'];
const MORE_THAN_A_FEW = 0.5;

const IS_CLICK = /^(ad[_-]?)?(click|clk|clicked|clickthrough|clickthru)$/i;
const IS_IMPRESSION = /^(ad[_-]?)?(imp|impression|impressions|view|show|display|served|render)$/i;

/** Which events the rows are: the column for it, or none where all are impressions. */
export interface KindChoice extends Choice {
  readonly field: 'event_type' | 'clicked' | 'click_id';
  /** The click's own id, where it has a column beside. */
  readonly clickId?: Choice;
}

function byType(profiles: readonly ColumnProfile[]): KindChoice | undefined {
  const hasBoth = (profile: ColumnProfile) =>
    profile.common.some((value) => IS_CLICK.test(value)) && profile.common.some((value) => IS_IMPRESSION.test(value));
  const found = byName(profiles, TYPE_NAMES, hasBoth) ?? profiles.find(hasBoth);
  if (found === undefined) return undefined;
  const kinds = found.common.map(
    (value) => [value, IS_CLICK.test(value) ? 'click' : IS_IMPRESSION.test(value) ? 'impression' : undefined] as const,
  );
  const cases = kinds.flatMap(([value, kind]) =>
    kind === undefined ? [] : [`WHEN ${sqlLiteral(value)} THEN '${kind}'`],
  );
  const others = kinds.filter(([, kind]) => kind === undefined).map(([value]) => value);
  const left =
    others.length === 0 ? '' : `. Rows with ${others.join(', ')} are neither, and will be counted as not imported`;
  return {
    field: 'event_type',
    sql: `CASE ${identifier(found.name)} ${cases.join(' ')} END`,
    because: `${found.name}: its values are ${found.common.join(', ')}, so a row is one event${left}`,
    column: found.name,
  };
}

/** @returns the column that fits, where the columns have no names and no other one fits */
function onlyOne(
  profiles: readonly ColumnProfile[],
  fits: (profile: ColumnProfile) => boolean,
): ColumnProfile | undefined {
  if (!profiles.every(({ name }) => /^column\d+$/.test(name))) return undefined;
  const found = profiles.filter((profile) => profile.distinct === 2 && fits(profile));
  return found.length === 1 ? found[0] : undefined;
}

function byLabel(profiles: readonly ColumnProfile[]): KindChoice | undefined {
  const isLabel = (profile: ColumnProfile) => nearlyAll(profile, profile.booleans) && profile.distinct <= 2;
  const found = byName(profiles, LABEL_NAMES, isLabel) ?? onlyOne(profiles, isLabel);
  if (found === undefined) return undefined;
  const share = ((100 * found.trues) / found.values).toFixed(1);
  return {
    field: 'clicked',
    sql: identifier(found.name),
    because: `${found.name}: its values are ${found.common.join(' and ')} (${share} % clicked), so a row is an impression, and a click on it where this is true`,
    column: found.name,
  };
}

/** @returns how to tell impressions from clicks, by the values of a column for it; undefined where nothing tells */
export function chooseKind(profiles: readonly ColumnProfile[]): KindChoice | undefined {
  const id = byName(profiles, CLICK_ID_NAMES);
  const clickId: Choice | undefined = id && {
    sql: identifier(id.name),
    because: `${id.name}: by its name`,
    column: id.name,
  };
  const found = byType(profiles) ?? byLabel(profiles);
  if (found !== undefined) return clickId === undefined ? found : { ...found, clickId };
  if (id === undefined || clickId === undefined) return undefined;
  if (id.values - id.leftovers > MORE_THAN_A_FEW * id.rows && id.values === id.rows) {
    return {
      ...clickId,
      field: 'click_id',
      because: `${id.name}: by its name; every row has one, so the rows are clicks`,
    };
  }
  return {
    field: 'event_type',
    sql: `CASE WHEN filled_in(${identifier(id.name)}) IS NULL THEN 'impression' ELSE 'click' END`,
    because: `${id.name}: ${id.values - id.leftovers} of ${id.rows} rows have a click id, and are taken for clicks; the others for impressions`,
    column: id.name,
    clickId: { ...clickId, sql: `filled_in(${clickId.sql})` },
  };
}
