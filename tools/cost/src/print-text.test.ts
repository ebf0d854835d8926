import { costReport } from './report';
import { columns, printText } from './print-text';
import { SAMPLE_ASSUMPTIONS, SAMPLE_DEPLOYMENT, SAMPLE_TRAFFIC } from './sample-cost';
import { dollars, figure } from './figures';

describe('printText', () => {
  const report = costReport(
    SAMPLE_TRAFFIC,
    { eventsPerSecond: 1000, windowSeconds: 60 },
    SAMPLE_DEPLOYMENT,
    SAMPLE_ASSUMPTIONS,
  );
  const text = printText(report).join('\n');

  it('prints the total, the date of the prices, and unconfirmed prices', () => {
    expect(text).toContain(`Cost of sample at 1,000 events/s: ${dollars(report.total)} a month`);
    expect(text).toMatch(/List prices of us-east-1 as of \d{4}-\d\d to \d{4}-\d\d/);
    expect(text).toContain('Not confirmed');
  });

  it('shows every line of the bill, and nothing that is not a figure', () => {
    for (const { item, arithmetic } of report.lines) {
      expect(text).toContain(item);
      expect(text).toContain(arithmetic);
    }
    expect(text).not.toMatch(/undefined|NaN|Infinity|\*\*/);
  });

  it('says if the prices are for another region', () => {
    const elsewhere = { ...report, deployment: { ...SAMPLE_DEPLOYMENT, region: 'eu-west-1' } };
    expect(printText(elsewhere).join('\n')).toContain('eu-west-1, where prices differ');
  });
});

describe('columns', () => {
  it('aligns words to the left and figures to the right', () => {
    const table = {
      head: ['name', 'n', 'what'],
      rows: [
        ['a', '1', 'x'],
        ['long', '10', 'y'],
      ],
      words: ['what'],
    };
    expect(columns(table)).toEqual(['  name   n  what', '  a      1  x', '  long  10  y']);
  });
});

describe('figure', () => {
  it.each([
    [0, '0'],
    [0.346, '0.346'],
    [12.345, '12.3'],
    [1234.5, '1,235'],
    [2_628_000, '2.63 million'],
    [21.2e9, '21.2 billion'],
    [2.05e12, '2.05 trillion'],
  ])('writes %d as %s', (value, text) => expect(figure(value)).toBe(text));
});
