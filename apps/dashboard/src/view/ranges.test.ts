import { chartRange, stepMs } from './ranges';

const MINUTE = 60_000;
const END = Date.parse('2026-11-24T10:00:10.000Z');

it('makes steps of whole windows, coarser for longer spans', () => {
  expect([5, 15, 60].map((minutes) => stepMs(minutes * MINUTE, 10_000))).toEqual([10_000, 30_000, 60_000]);
  expect(stepMs(5 * MINUTE, 60_000)).toBe(60_000);
  expect(stepMs(15 * MINUTE, 7_000)).toBe(35_000);
});

it('ends with the newest window and has the requested length', () => {
  const { from, to, stepMs: step } = chartRange(15, { start: END - 60 * MINUTE, end: END }, 10_000);
  expect(step).toBe(30_000);
  expect(to - END).toBe(20_000);
  expect(to - from).toBe(15 * MINUTE);
});

it('begins with the first window of a shorter run, in finer steps', () => {
  const start = END - 100_000;
  expect(chartRange(60, { start, end: END }, 10_000)).toEqual({ from: start, to: END, stepMs: 10_000 });
});

it('has the requested length while no results exist', () => {
  const { from, to } = chartRange(5, { start: -Infinity, end: END }, 10_000);
  expect(to - from).toBe(5 * MINUTE);
});
