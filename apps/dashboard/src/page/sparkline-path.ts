/** Size of a sparkline, in its own units. */
export const WIDTH = 88;
export const HEIGHT = 22;
const INSET = 2;

/**
 * @param values null leaves a gap
 * @returns path of the line within 88 x 22, scaled from 0 to the greatest value
 */
export function sparklinePath(values: readonly (number | null)[]): string {
  const most = Math.max(...values.map((value) => value ?? 0));
  if (values.length < 2 || most <= 0) return '';
  let path = '';
  let pen = 'M';
  values.forEach((value, index) => {
    if (value === null) {
      pen = 'M';
      return;
    }
    const x = INSET + (index / (values.length - 1)) * (WIDTH - 2 * INSET);
    const y = HEIGHT - INSET - (value / most) * (HEIGHT - 2 * INSET);
    path += `${pen}${x.toFixed(1)} ${y.toFixed(1)}`;
    pen = 'L';
  });
  return path;
}
