/** @param greatest value to show @param most number of steps @returns round ticks from 0, the last not below the greatest value */
export function roundTicks(greatest: number, most = 6): number[] {
  if (!(greatest > 0)) return [0, 1];
  const least = greatest / most;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= least) ?? 10) * power;
  const count = Math.ceil(greatest / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, i) => Number((i * step).toPrecision(12)));
}

/** @returns 12000 as "12k", 0.25 as "0.25" */
export function tickText(value: number): string {
  if (value >= 1e6) return `${Number((value / 1e6).toPrecision(4))}M`;
  if (value >= 1e4) return `${Number((value / 1e3).toPrecision(4))}k`;
  return String(Number(value.toPrecision(6)));
}
