import type { Plot } from './part-result';
import { COLOURS, GRID, QUIET, element, label, picture } from './svg';
import { roundTicks, tickText } from './ticks';

const WIDTH = 860;
const LEFT = 70;
const NAMES = 230;
const RIGHT = 60;
const TOP = 66;
const CURVE_HEIGHT = 260;
const BOTTOM = 50;
const BAR = 14;
const GAP = 12;

const colour = (index: number) => COLOURS[index % COLOURS.length] ?? QUIET;

/** @param plot with at least one point @returns it as SVG */
export function drawPlot(plot: Plot): string {
  return plot.kind === 'bars' ? bars(plot) : curves(plot);
}

function head({ title, series }: Plot): string[] {
  const keys = series.length < 2 ? [] : series;
  const key = keys.flatMap(({ name }, index) => [
    element('rect', { x: 14 + index * 190, y: 36, width: 12, height: 12, fill: colour(index) }),
    label(32 + index * 190, 46, name),
  ]);
  return [label(14, 22, title, { weight: 'bold' }), ...key];
}

/** Names at the left, a bar for each series, and how far the runs lie apart as a thin line. */
function bars(plot: Plot): string {
  const names = [...new Set(plot.series.flatMap(({ points }) => points.map(({ x }) => String(x))))];
  const row = BAR * plot.series.length + GAP;
  const bottom = TOP + row * names.length;
  const ticks = roundTicks(
    Math.max(...plot.series.flatMap(({ points }) => points.map(({ y, greatest = y }) => greatest))),
  );
  const x = (value: number) => NAMES + (value / (ticks.at(-1) ?? 1)) * (WIDTH - NAMES - RIGHT);
  const content = [
    ...head(plot),
    ...ticks.flatMap((tick) => [
      element('line', { x1: x(tick), x2: x(tick), y1: TOP - 6, y2: bottom, stroke: GRID }),
      label(x(tick), bottom + 16, tickText(tick), { anchor: 'middle', fill: QUIET }),
    ]),
    label((NAMES + WIDTH - RIGHT) / 2, bottom + 36, plot.yLabel, { anchor: 'middle', fill: QUIET }),
    ...names.map((name, index) => label(NAMES - 10, TOP + row * index + row / 2, name, { anchor: 'end' })),
    ...plot.series.flatMap(({ points }, of) =>
      points.flatMap(({ x: name, y, least = y, greatest = y }) => {
        const top = TOP + row * names.indexOf(String(name)) + of * BAR;
        return [
          element('rect', { x: NAMES, y: top, width: Math.max(1, x(y) - NAMES), height: BAR - 3, fill: colour(of) }),
          element('line', { x1: x(least), x2: x(greatest), y1: top + 5.5, y2: top + 5.5, stroke: '#000000' }),
          label(x(greatest) + 5, top + 10, tickText(Number(y.toPrecision(3))), { fill: QUIET }),
        ];
      }),
    ),
  ];
  return picture(WIDTH, bottom + BOTTOM, plot.title, content);
}

/** Both axes begin at 0. */
function curves(plot: Plot): string {
  const points = plot.series.flatMap((series) => series.points);
  const bottom = TOP + CURVE_HEIGHT;
  const yTicks = roundTicks(Math.max(...points.map(({ y, greatest = y }) => greatest)));
  const xTicks = roundTicks(Math.max(...points.map(({ x }) => Number(x))), 8);
  const x = (value: number | string) => LEFT + (Number(value) / (xTicks.at(-1) ?? 1)) * (WIDTH - LEFT - RIGHT);
  const y = (value: number) => bottom - (value / (yTicks.at(-1) ?? 1)) * CURVE_HEIGHT;
  const content = [
    ...head(plot),
    ...yTicks.flatMap((tick) => [
      element('line', { x1: LEFT, x2: WIDTH - RIGHT, y1: y(tick), y2: y(tick), stroke: GRID }),
      label(LEFT - 8, y(tick) + 4, tickText(tick), { anchor: 'end', fill: QUIET }),
    ]),
    ...xTicks.map((tick) => label(x(tick), bottom + 18, tickText(tick), { anchor: 'middle', fill: QUIET })),
    label(LEFT, TOP - 8, plot.yLabel, { fill: QUIET }),
    label((LEFT + WIDTH - RIGHT) / 2, bottom + 38, plot.xLabel, { anchor: 'middle', fill: QUIET }),
    ...plot.series.flatMap((series, of) => [
      element('polyline', {
        points: series.points.map((point) => `${x(point.x).toFixed(1)},${y(point.y).toFixed(1)}`).join(' '),
        fill: 'none',
        stroke: colour(of),
        'stroke-width': '2',
      }),
      ...series.points.flatMap(({ x: at, y: value, least = value, greatest = value }) => [
        element('line', { x1: x(at), x2: x(at), y1: y(least), y2: y(greatest), stroke: colour(of) }),
        element('circle', { cx: x(at), cy: y(value), r: 3.5, fill: colour(of) }),
      ]),
    ]),
  ];
  return picture(WIDTH, bottom + BOTTOM, plot.title, content);
}
