import { Screen } from './screen';

class Output {
  readonly written: string[] = [];
  rows = 30;
  columns = 100;
  constructor(readonly isTTY: boolean) {}
  write(text: string): boolean {
    this.written.push(text);
    return true;
  }
}

describe('Screen', () => {
  it('redraws in place on a terminal', () => {
    const output = new Output(true);
    const screen = new Screen(output, () => 0);
    screen.draw(['one']);
    screen.draw(['two']);
    expect(output.written).toHaveLength(2);
    expect(output.written[1]).toBe('\u001b[H\u001b[Jtwo\n');
    expect(screen.size).toEqual({ rows: 30, columns: 100 });
  });

  it('uses a default size for a terminal that reports 0', () => {
    const output = new Output(true);
    output.rows = output.columns = 0;
    expect(new Screen(output).size).toEqual({ rows: 24, columns: 80 });
  });

  it('prints a block every few seconds without a terminal, without escape codes', () => {
    const output = new Output(false);
    let now = 0;
    const screen = new Screen(output, () => now);
    for (now = 0; now < 12_000; now += 1_000) screen.draw([`at ${now}`]);
    expect(output.written).toEqual(['at 0\n\n', 'at 5000\n\n', 'at 10000\n\n']);
  });
});
