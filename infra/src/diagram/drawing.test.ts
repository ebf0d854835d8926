import fc from 'fast-check';
import { type Architecture, architecture } from './architecture';
import { type Drawing, textWidth, wrap } from './drawing';
import { iamPicture } from './iam-picture';
import { overview } from './overview';
import { sampleStack } from './sample-stack';
import { svg } from './svg';

describe('wrap', () => {
  it('keeps lines within the width and loses only spaces', () => {
    const word = fc.stringMatching(/^[a-zA-Z_]{1,30}$/);
    fc.assert(
      fc.property(fc.array(word, { maxLength: 20 }), (words) => {
        const lines = wrap(words.join(' '), 100, 10);
        expect(lines.join('').replaceAll(' ', '')).toBe(words.join(''));
        for (const line of lines) expect(textWidth(line, 10)).toBeLessThanOrEqual(100);
      }),
    );
  });

  it('breaks a long name at an allowed position', () => {
    expect(wrap('WriteProvisionedThroughputExceeded', 80, 10)).toEqual(['WriteProvisioned', 'Throughput', 'Exceeded']);
    expect(wrap('ad-analytics-production-results', 62, 10)).toEqual(['ad-analytics-', 'production-', 'results']);
  });
});

/** @returns pairs of overlapping boxes */
function overlaps({ shapes }: Drawing): number {
  const boxes = shapes.filter((shape) => shape.kind === 'box');
  return boxes.filter((a, i) =>
    boxes.some(
      (b, j) => j > i && a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height,
    ),
  ).length;
}

/** @returns texts that extend beyond the picture or their box */
function cutOff({ shapes, width, height }: Drawing): string[] {
  const boxes = shapes.filter((shape) => shape.kind === 'box');
  return shapes.flatMap((shape) => {
    if (shape.kind !== 'text') return [];
    const wide = textWidth(shape.text, shape.size, shape.bold);
    const left = shape.anchor === 'middle' ? shape.x - wide / 2 : shape.x;
    const inPicture = left >= 0 && left + wide <= width && shape.y <= height && shape.y - shape.size >= 0;
    const box = boxes.find(
      ({ x, y, width: w, height: h }) => shape.x > x && shape.x < x + w && shape.y > y && shape.y < y + h,
    );
    const inBox = box === undefined || (left >= box.x && left + wide <= box.x + box.width);
    return inPicture && inBox ? [] : [shape.text];
  });
}

const sample = architecture({ dev: sampleStack(), prod: sampleStack({ environment: 'prod', batchSize: 500 }) });

describe.each([
  ['the overview', overview],
  ['the overview, downwards', (architecture: Architecture) => overview(architecture, 'DOWN')],
  ['the picture of permissions', iamPicture],
])('%s', (_, draw) => {
  it('has no overlapping boxes and no cut text', async () => {
    const drawing = await draw(sample);
    expect(overlaps(drawing)).toBe(0);
    expect(cutOff(drawing)).toEqual([]);
  });

  it('is the same each time', async () => {
    expect(svg(await draw(sample))).toBe(svg(await draw(sample)));
  });
});

describe('svg', () => {
  it('has a text alternative, and supports the dark scheme', async () => {
    const text = svg(await overview(sample));
    expect(text).toContain('<title id="title">Data flow of the ad analytics pipeline</title>');
    expect(text).toMatch(/<desc id="description">.*results to sink \(batches\)/);
    expect(text).toContain('@media (prefers-color-scheme: dark)');
    expect(text).not.toMatch(/undefined|NaN/);
  });

  it('escapes names', () => {
    const drawing: Drawing = {
      title: 'a & b',
      description: '<x>',
      width: 1,
      height: 1,
      shapes: [{ kind: 'text', role: 'text', x: 0, y: 0, size: 9, bold: false, anchor: 'start', text: '<env>' }],
    };
    expect(svg(drawing)).toContain('&lt;env&gt;');
    expect(svg(drawing)).toContain('a &amp; b');
  });
});
