import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { DataTable, Scrollable } from './data-table';
import { formatMinute, formatTime, NONE } from './format';
import type { Theme } from './theme';

/** Fallback if the page does not set a width. */
const MIN_HEIGHT = 200;

/** One line of a chart. */
interface ChartLine {
  readonly label: string;
  readonly values: readonly (number | null)[];
  /** CSS variable of its colour. */
  readonly colour: string;
  readonly dashed?: boolean;
  readonly filled?: boolean;
}

interface TimeChartProps {
  /** Description of the chart for screen readers. */
  readonly label: string;
  /** Caption of its table of values. */
  readonly caption: ComponentChildren;
  /** Milliseconds since the epoch. */
  readonly times: readonly number[];
  readonly lines: readonly ChartLine[];
  readonly format: (value: number) => string;
  /** Formats a value on the axis, with its unit and as few digits as possible. */
  readonly formatTick: (value: number) => string;
  readonly theme: Theme;
}

const css = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

interface Size {
  readonly width: number;
  readonly height: number;
}

const sizeOf = ({ clientWidth, clientHeight }: HTMLElement): Size => ({
  width: clientWidth,
  height: Math.max(MIN_HEIGHT, clientHeight),
});

function options({ lines, formatTick }: TimeChartProps, size: Size): uPlot.Options {
  const font = `12px ${css('--font')}`;
  const axis = { stroke: css('--muted'), font, grid: { stroke: css('--grid'), width: 1 }, ticks: { show: false } };
  return {
    ...size,
    legend: { show: false },
    cursor: { y: false, points: { size: 7 }, drag: { x: false, y: false } },
    scales: { y: { range: (_chart, _min, max) => [0, max > 0 ? max * 1.1 : 1] } },
    axes: [
      {
        ...axis,
        size: 30,
        space: 84,
        values: (_chart, times, _axis, _space, stepSeconds) =>
          times.map((time) => (stepSeconds < 60 ? formatTime : formatMinute)(time * 1_000)),
        grid: { show: false },
      },
      { ...axis, size: 56, values: (_chart, values) => values.map(formatTick) },
    ],
    series: [
      {},
      ...lines.map((line): uPlot.Series => {
        const stroke = css(line.colour);
        return {
          label: line.label,
          stroke,
          width: 2,
          points: { size: 5, fill: stroke, show: lines[0]!.values.length <= 12 },
          ...(line.dashed ? { dash: [5, 4] } : {}),
          ...(line.filled ? { fill: css(`${line.colour}-soft`) } : {}),
        };
      }),
    ],
  };
}

const dataOf = ({ times, lines }: TimeChartProps): uPlot.AlignedData => [
  times.map((time) => time / 1_000),
  ...lines.map(({ values }) => [...values]),
];

/** A time series on a canvas, with the value under the pointer in its legend and all values in a table. */
export function TimeChart(props: TimeChartProps) {
  const { label, caption, lines, times, format, theme } = props;
  const host = useRef<HTMLDivElement>(null);
  const readout = useRef<HTMLUListElement>(null);
  const chart = useRef<uPlot | null>(null);
  const latest = useRef(props);
  latest.current = props;

  const showValues = (index: number | null | undefined) => {
    const { current } = latest;
    // Without a pointer, the newest value of each line: some lines end earlier than others.
    const newest = (values: readonly (number | null)[]) => values.findLastIndex((value) => value !== null);
    const time = current.times[index ?? current.times.length - 1];
    const items = readout.current?.querySelectorAll('[data-value]') ?? [];
    items.forEach((item, line) => {
      const values = current.lines[line]?.values ?? [];
      const value = values[index ?? newest(values)];
      item.textContent = value === null || value === undefined ? NONE : current.format(value);
    });
    const clock = readout.current?.querySelector('[data-time]');
    if (clock) clock.textContent = time === undefined ? '' : formatTime(time);
  };

  // The colours are painted on the canvas, so a new theme needs a new chart.
  useEffect(() => {
    const element = host.current;
    if (!element) return undefined;
    const plot = new uPlot(options(latest.current, sizeOf(element)), dataOf(latest.current), element);
    chart.current = plot;
    plot.over.addEventListener('mousemove', () => showValues(plot.cursor.idx));
    plot.over.addEventListener('mouseleave', () => showValues(undefined));
    const resize = new ResizeObserver(() => plot.setSize(sizeOf(element)));
    resize.observe(element);
    return () => {
      resize.disconnect();
      plot.destroy();
    };
  }, [theme, lines.length]);
  useEffect(() => {
    chart.current?.setData(dataOf(latest.current));
    showValues(chart.current?.cursor.idx);
  });

  return (
    <>
      <ul class="legend" ref={readout}>
        {lines.map((line) => (
          <li key={line.label}>
            <svg class="swatch" viewBox="0 0 18 4" aria-hidden="true">
              <line
                class={`line ${line.colour.slice(2)} ${line.dashed ? 'dashed' : ''}`}
                x1="0"
                y1="2"
                x2="18"
                y2="2"
              />
            </svg>
            {line.label} <b data-value />
          </li>
        ))}
        <li class="legend-time" data-time />
      </ul>
      <div class="chart" ref={host} role="img" aria-label={label} />
      <details class="data-table">
        <summary>Values as a table</summary>
        <Scrollable label={`${label}, values`}>
          <DataTable
            caption={caption}
            hideCaption
            columns={[{ name: 'Time' }, ...lines.map((line) => ({ name: line.label, isNumber: true }))]}
          >
            {times
              .map((time, index) => (
                <tr key={time}>
                  <th scope="row">{formatTime(time)}</th>
                  {lines.map((line) => {
                    const value = line.values[index];
                    return (
                      <td key={line.label} class="number">
                        {value === null || value === undefined ? NONE : format(value)}
                      </td>
                    );
                  })}
                </tr>
              ))
              .reverse()}
          </DataTable>
        </Scrollable>
      </details>
    </>
  );
}
