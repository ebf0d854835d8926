import type { ShownFilter } from '../view/view';

/** Formats values in the same way everywhere. A missing value is a dash. */
export const NONE = '–';

const integer = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 4 });
const dollars = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });
const percent = new Intl.NumberFormat('en-US', {
  style: 'percent',
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});
const wholePercent = new Intl.NumberFormat('en-US', { style: 'percent', maximumFractionDigits: 1 });
const tickPercent = new Intl.NumberFormat('en-US', { style: 'percent', maximumFractionDigits: 2 });
const tick = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const dateClock = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short' });
const shortClock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** Above this value, a count is abbreviated where space is limited. */
const COMPACT_FROM = 1_000_000;
const MICROS = 1_000_000;

/** @returns 1234567 as "1,234,567" */
export const formatCount = (value: number): string => integer.format(value);

/** @returns like {@link formatCount}, but abbreviated from a million: "1.235M" */
export const formatBigCount = (value: number): string =>
  value >= COMPACT_FROM ? compact.format(value) : integer.format(value);

/** @returns a click-through rate: 0.0213 as "2.13%" */
export const formatCtr = (value: number | null): string => (value === null ? NONE : percent.format(value));

/** @returns a share: 0.5 as "50%" */
export const formatShare = (value: number | null): string => (value === null ? NONE : wholePercent.format(value));

/** @returns a tick of an axis of shares: 0.02 as "2%", 0.005 as "0.5%" */
export const formatShareTick = (value: number): string => tickPercent.format(value);

/** @returns a tick of an axis: "0", "2.5", "1,500" */
export const formatTick = (value: number): string => tick.format(value);

/** @param micros millionths of a US dollar */
export const formatCost = (micros: number): string => dollars.format(micros / MICROS);

/** @returns a rate with few digits: "0.8", "187", "1,204" */
export function formatRate(perSecond: number | null): string {
  if (perSecond === null) return NONE;
  return perSecond < 9.95 ? perSecond.toFixed(1) : integer.format(perSecond);
}

/** @returns milliseconds as "12 s", "3 min", "2 h 5 min"; "0 s" for negative values, which a wrong clock can cause */
export function formatAge(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min${minutes < 5 && seconds % 60 > 0 ? ` ${seconds % 60} s` : ''}`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** @param epochMs milliseconds since the epoch @returns the local time of day with seconds */
export const formatTime = (epochMs: number): string => clock.format(epochMs);

/** @returns the local time of day, to the minute */
export const formatMinute = (epochMs: number): string => shortClock.format(epochMs);

/** @returns the local date and time of day, to the minute: "2026-11-20 10:00" */
export const formatDateTime = (epochMs: number): string => dateClock.format(epochMs);

/** @returns the time range of a filter, as the end of a sentence */
export const spanText = ({ minutes }: Pick<ShownFilter, 'minutes'>): string =>
  minutes === 'all' ? 'over the whole run' : `over the last ${minutes} minutes`;
