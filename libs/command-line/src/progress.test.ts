import { Progress, duration, grouped } from './progress';

class Output {
  text = '';
  constructor(readonly isTTY: boolean) {}
  write(text: string): boolean {
    this.text += text;
    return true;
  }
}

describe('Progress', () => {
  it('redraws one line on a terminal, at a limited rate', () => {
    const output = new Output(true);
    let now = 0;
    const progress = new Progress('Reading', 1000, output, () => now);
    for (now = 100; now <= 1000; now += 10) progress.update(now);
    progress.finish(1000);
    const draws = output.text.split('\r').length - 1;
    expect(draws).toBeGreaterThan(3);
    expect(draws).toBeLessThan(10);
    expect(output.text.endsWith('. Reading: 1,000 of 1,000 (1.0 s, 990/s)\n')).toBe(true);
  });

  it('prints a line from time to time without a terminal, without escape codes', () => {
    const output = new Output(false);
    let now = 0;
    const progress = new Progress('Reading', undefined, output, () => now);
    for (now = 0; now <= 12_000; now += 100) progress.update(now);
    progress.finish(now);
    expect(output.text.split('\n').filter((line) => line !== '')).toHaveLength(3);
    expect(output.text).not.toContain('\u001b');
  });
});

describe('numbers', () => {
  it('are grouped', () => expect(grouped(1234567.4)).toBe('1,234,567'));
  it.each([
    [1234, '1.2 s'],
    [65_000, '1 min 05 s'],
  ])('%d ms is %s', (ms, text) => expect(duration(ms)).toBe(text));
});
