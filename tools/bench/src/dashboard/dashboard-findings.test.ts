import { AUDIENCES } from './audiences';
import { findings } from './dashboard-findings';

const PLAN = {
  rate: 200,
  seed: 1,
  runs: 2,
  warmUpSeconds: 60,
  seconds: 30,
  shards: 2,
  parallelism: 2,
  managedMemory: 512,
  taskHeap: 512,
  checkpointSeconds: 10,
  configOverrides: {},
};

describe('findings', () => {
  it('shows the cost of each audience per minute and per viewer', () => {
    const runs = AUDIENCES.flatMap((audience) =>
      [60, 80].map((requests) => ({
        audience,
        seconds: 30,
        requests,
        bytes: 1_024 * requests,
        readUnits: requests / 2,
        cpuSeconds: audience.viewers === 0 ? undefined : 1.5,
        messages: 10 * audience.viewers,
        sentBytes: 1_024,
      })),
    );
    const { tables, plots } = findings(PLAN, runs);
    expect(tables[0]?.rows).toEqual([
      ['0', '140 (120 to 160)', '', '70 (60 to 80)', '140 (120 to 160)', 'not known'],
      ['1', '140 (120 to 160)', '140.0', '70 (60 to 80)', '140 (120 to 160)', '5.0 (5.0 to 5.0) %'],
      ['4', '140 (120 to 160)', '35.0', '70 (60 to 80)', '140 (120 to 160)', '5.0 (5.0 to 5.0) %'],
      ['16', '140 (120 to 160)', '8.8', '70 (60 to 80)', '140 (120 to 160)', '5.0 (5.0 to 5.0) %'],
      [
        '16, each with its own campaign',
        '140 (120 to 160)',
        '8.8',
        '70 (60 to 80)',
        '140 (120 to 160)',
        '5.0 (5.0 to 5.0) %',
      ],
    ]);
    expect(plots[0]?.series[0]?.points.map(({ x, y }) => [x, y])).toEqual([
      [1, 140],
      [4, 35],
      [16, 8.75],
    ]);
  });
});
