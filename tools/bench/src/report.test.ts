import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { drawPlot } from './plot';
import type { PartResult } from './part-result';
import { printPart, renderReport } from './report';
import { SAMPLE_PART } from './sample-part';
import { writeReport } from './write-report';

describe('renderReport', () => {
  const report = renderReport([SAMPLE_PART]);

  it('says where, when and with what each part was measured', () => {
    for (const text of ['A processor', 'abc1234', '2,000,000', '0.4 before, 2.1 at the end', 'nothing', '98.7'])
      expect(report).toContain(text);
    expect(report).toContain('](graph-threads.svg)');
  });

  it('names what was not measured, with the reason', () => {
    expect(report).toContain('- Pathway: it cannot be installed');
    expect(printPart(SAMPLE_PART).at(-1)).toBe('Not measured: Pathway: it cannot be installed');
  });
});

describe('drawPlot', () => {
  it('escapes names', () => {
    const svg = drawPlot(SAMPLE_PART.plots[0]!);
    expect(svg).toContain('a &amp; b');
    expect(svg).toContain('CPU time &lt;by&gt; thread');
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('draws curves', () => {
    const series = [
      {
        name: 'one',
        points: [
          { x: 1, y: 10 },
          { x: 4, y: 0 },
        ],
      },
    ];
    const svg = drawPlot({ name: 'n', title: 't', kind: 'curves', xLabel: 'x', yLabel: 'y', series });
    expect(svg.match(/<circle/g)).toHaveLength(2);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });
});

describe('writeReport', () => {
  it('keeps the parts that were measured before, and no old pictures', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'bench-report-'));
    // jest cannot load prettier.
    const asItIs = (_: string, text: string) => Promise.resolve(text);
    const write = (part: PartResult) => writeReport(folder, part, asItIs);
    await write({ ...SAMPLE_PART, part: 'beside', title: 'Beside other programs' });
    await write(SAMPLE_PART);
    const file = await write({ ...SAMPLE_PART, plots: [] });
    expect(readdirSync(folder).sort()).toEqual(['README.md', 'beside-threads.svg', 'beside.json', 'graph.json']);
    expect(readFileSync(file, 'utf8')).toContain('Beside other programs');
    rmSync(folder, { recursive: true });
  });
});
