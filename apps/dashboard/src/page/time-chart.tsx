import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { formatMinute, formatTime, NONE } from './format';
import type { Theme } from './theme';

const HEIGHT = 200;

/** One line of a chart. */
export interface ChartLine {
  readonly label: string;
  readonly values: readonly (number | null)[];
  /** CSS variable of its colour. */
  readonly colour: string;
  readonly dashed?: boolean;
  readonly filled?: boolean;
}

interface TimeChartProps {
  /** What it shows, for those who do not see it. */
  readonly label: string;
  /** Milliseconds since the epoch. */
  readonly times: readonly number[];
  readonly lines: readonly ChartLine[];
  readonly format: (value: number) => string;
  readonly theme: Theme;
}

const css = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function options({ lines, format }: TimeChartProps, width: number): uPlot.Options {
  const font = `12px ${css('--font')}`;
  const axis = { stroke: css('--muted'), font, grid: { stroke: css('--grid'), width: 1 }, ticks: { show: false } };
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    cursor: { y: false, points: { size: 7 }, drag: { x: false, y: false } },
    scales: { y: { range: (_chart, _min, max) => [0, max > 0 ? max * 1.1 : 1] } },
    axes: [
      {
        ...axis,
        size: 30,
        values: (_chart, times) => times.map((time) => formatMinute(time * 1_000)),
        grid: { show: false },
      },
      { ...axis, size: 56, values: (_chart, values) => values.map(format) },
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
  const { label, lines, times, format, theme } = props;
  const host = useRef<HTMLDivElement>(null);
  const readout = useRef<HTMLUListElement>(null);
  const chart = useRef<uPlot | null>(null);
  const latest = useRef(props);
  latest.current = props;

  const showValues = (index: number | null | undefined) => {
    const { current } = latest;
    const at = index ?? current.times.length - 1;
    const time = current.times[at];
    const items = readout.current?.querySelectorAll('[data-value]') ?? [];
    items.forEach((item, line) => {
      const value = current.lines[line]?.values[at];
      item.textContent = value === null || value === undefined ? NONE : current.format(value);
    });
    const clock = readout.current?.querySelector('[data-time]');
    if (clock) clock.textContent = time === undefined ? '' : formatTime(time);
  };

  // The colours are painted: another theme needs another chart.
  useEffect(() => {
    const element = host.current;
    if (!element) return undefined;
    const plot = new uPlot(options(latest.current, element.clientWidth), dataOf(latest.current), element);
    chart.current = plot;
    plot.over.addEventListener('mousemove', () => showValues(plot.cursor.idx));
    plot.over.addEventListener('mouseleave', () => showValues(undefined));
    const resize = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: HEIGHT }));
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
        <div class="scroll" tabIndex={0} role="region" aria-label={`${label}, values`}>
          <table>
            <caption class="visually-hidden">{label}</caption>
            <thead>
              <tr>
                <th scope="col">Time</th>
                {lines.map((line) => (
                  <th key={line.label} scope="col" class="number">
                    {line.label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
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
            </tbody>
          </table>
        </div>
      </details>
    </>
  );
}
