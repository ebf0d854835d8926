import type { DetectorScore } from './detector';
import type { Evaluation } from './evaluation';

const WIDTH = 960;
const ROW = 24;
const TOP = 74;
const BOTTOM = 46;
/** Layout of the panels in pixels: end of the names, and start and end of the axis. */
const LEFT = { from: 178, to: 520 };
const RIGHT = { from: 700, to: 930 };
const INK = '#1f2933';
const QUIET = '#7b8794';
const GRID = '#e4e7eb';
const PRECISION = '#0b5fa5';
const RECALL = '#d9480f';

const round = (value: number) => Number(value.toFixed(1));
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function text(
  x: number,
  y: number,
  content: string,
  options: { anchor?: string; fill?: string; weight?: string } = {},
): string {
  const { anchor = 'start', fill = INK, weight = 'normal' } = options;
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}" fill="${fill}" font-weight="${weight}">${escaped(content)}</text>`;
}

function grid(ticks: readonly number[], position: (value: number) => number, bottom: number): string[] {
  return ticks.flatMap((tick) => [
    `<line x1="${round(position(tick))}" x2="${round(position(tick))}" y1="${TOP - 8}" y2="${bottom}" stroke="${GRID}"/>`,
    text(position(tick), bottom + 16, String(tick), { anchor: 'middle', fill: QUIET }),
  ]);
}

/** Ticks with round steps from 0. @returns at most seven ticks; the last one is greater than or equal to the greatest value */
export function secondTicks(greatest: number): number[] {
  const step =
    [5, 10, 15, 30, 60, 120, 300, 600].find((candidate) => greatest <= 6 * candidate) ?? Math.ceil(greatest / 6);
  const count = Math.max(1, Math.ceil(greatest / step));
  return Array.from({ length: count + 1 }, (_, i) => i * step);
}

/** Precision and recall, one line per detector. An undefined value has no mark. */
function qualityRow(
  { events }: Pick<DetectorScore, 'events'>,
  y: number,
  position: (value: number) => number,
): string[] {
  const { precision, recall } = events;
  const marks: string[] = [];
  if (precision !== null && recall !== null)
    marks.push(
      `<line x1="${round(position(precision))}" x2="${round(position(recall))}" y1="${y}" y2="${y}" stroke="${QUIET}"/>`,
    );
  // The square is larger, so that it is visible behind the circle if both values are equal.
  if (recall !== null)
    marks.push(
      `<rect x="${round(position(recall) - 6)}" y="${y - 6}" width="12" height="12" fill="none" stroke="${RECALL}" stroke-width="2"/>`,
    );
  if (precision !== null)
    marks.push(`<circle cx="${round(position(precision))}" cy="${y}" r="4" fill="${PRECISION}"/>`);
  return marks;
}

/**
 * @param evaluation figures of the judging seeds
 * @returns an SVG. Left: precision and recall by events of all rules together, the baseline and each rule. Right: the time to detect each
 *   attack, from p50 to p95
 */
export function plot({ overall, baseline, rules, attacks, seeds }: Evaluation): string {
  const detectors: readonly (readonly [string, DetectorScore, string])[] = [
    ['all rules', overall, 'bold'],
    ['baseline (clicks per ip)', baseline, 'bold'],
    ...rules.map((rule) => [rule.name, rule, 'normal'] as const),
  ];
  const bottom = TOP + ROW * detectors.length;
  const share = (value: number) => LEFT.from + value * (LEFT.to - LEFT.from);
  const ticks = secondTicks(Math.max(0, ...attacks.map(({ secondsToDetect }) => secondsToDetect.p95 ?? 0)));
  const time = (value: number) => RIGHT.from + (value / (ticks.at(-1) as number)) * (RIGHT.to - RIGHT.from);
  const rowY = (row: number) => TOP + ROW * row + ROW / 2;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${bottom + BOTTOM}" viewBox="0 0 ${WIDTH} ${bottom + BOTTOM}" ` +
      'font-family="Helvetica, Arial, sans-serif" font-size="12" role="img">',
    '<title>Precision and recall of the invalid-traffic rules, and time to detect</title>',
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    text(14, 24, `Invalid-traffic rules on ${seeds.length} unseen seeds`, { weight: 'bold' }),
    text(LEFT.from, 48, 'by events:'),
    `<circle cx="${LEFT.from + 70}" cy="44" r="4" fill="${PRECISION}"/>`,
    text(LEFT.from + 80, 48, 'precision'),
    `<rect x="${LEFT.from + 144}" y="38" width="12" height="12" fill="none" stroke="${RECALL}" stroke-width="2"/>`,
    text(LEFT.from + 162, 48, 'recall'),
    text(RIGHT.from, 48, 'time to detect, p50 (mark) to p95'),
    ...grid([0, 0.2, 0.4, 0.6, 0.8, 1], share, bottom),
    ...grid(ticks, time, TOP + ROW * attacks.length),
    text((RIGHT.from + RIGHT.to) / 2, TOP + ROW * attacks.length + 34, 'seconds of event time', {
      anchor: 'middle',
      fill: QUIET,
    }),
    ...detectors.flatMap(([name, score, weight], row) => [
      text(LEFT.from - 14, rowY(row) + 4, name, { anchor: 'end', weight }),
      ...qualityRow(score, rowY(row), share),
    ]),
    ...attacks.flatMap(({ name, secondsToDetect: { p50, p95 } }, row) => [
      text(RIGHT.from - 14, rowY(row) + 4, name, { anchor: 'end' }),
      ...(p50 === null || p95 === null
        ? [text(RIGHT.from + 4, rowY(row) + 4, 'not found', { fill: QUIET })]
        : [
            `<line x1="${round(time(p50))}" x2="${round(time(p95))}" y1="${rowY(row)}" y2="${rowY(row)}" stroke="${PRECISION}" stroke-width="6"/>`,
            `<circle cx="${round(time(p50))}" cy="${rowY(row)}" r="5" fill="${INK}"/>`,
          ]),
    ]),
    '</svg>',
    '',
  ].join('\n');
}
