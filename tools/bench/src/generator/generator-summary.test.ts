import { generatorSummary } from './generator-summary';

const LINE =
  'Done after 1.3 s: 19,412 impressions and 588 clicks (15,384/s) to the streams A and B at http://127.0.0.1:1; retried 0, failed 0.';

describe('generatorSummary', () => {
  it('finds the records and the rate', () => {
    expect(generatorSummary(`Seed 1\n${LINE}\nTo be found in them:\n`)).toEqual({ records: 20_000, perSecond: 15_384 });
  });

  it.each([
    ['', 'did not print its summary'],
    [LINE.replace('Done', 'Stopped'), 'did not print its summary'],
    [LINE.replace('retried 0', 'retried 3'), 'retried 3'],
    [LINE.replace('failed 0', 'failed 2'), '2 failed'],
  ])('refuses %p', (output, message) => expect(() => generatorSummary(output)).toThrow(message));
});
