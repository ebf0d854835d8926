import { costCommand } from './cost-command';

async function run(...args: string[]): Promise<string> {
  const log = jest.spyOn(console, 'log').mockImplementation(() => undefined);
  try {
    await costCommand()
      .exitOverride()
      .configureOutput({ writeErr: () => undefined })
      .parseAsync(args, { from: 'user' });
    return log.mock.calls.map(([text]) => String(text)).join('\n');
  } finally {
    log.mockRestore();
  }
}

describe('cost', () => {
  it('prints text, JSON and Markdown', async () => {
    expect(await run('--events-per-second', '10')).toContain('Cost of prod at 10 events/s');
    const report = JSON.parse(await run('--events-per-second', '10', '--json')) as {
      total: number;
      lines: { usd: number }[];
    };
    expect(report.lines.reduce((sum, { usd }) => sum + usd, 0)).toBeCloseTo(report.total, 6);
    expect(await run('--events-per-second', '10', '--markdown')).toMatch(/^\| US dollars a month/);
  });

  it('computes another environment, and other inputs', async () => {
    const total = async (...args: string[]) => (JSON.parse(await run('--json', ...args)) as { total: number }).total;
    const usual = await total();
    expect(await total('--environment', 'dev')).toBeLessThan(usual);
    expect(await total('--results-per-event', '0.1')).toBeLessThan(usual);
    expect(await total('--record-bytes', '2000')).toBeGreaterThan(usual);
    expect(await total('--events-per-kpu', '100')).toBeGreaterThan(usual);
  });

  it.each([
    ['--events-per-second', '0'],
    ['--events-per-second', 'many'],
    ['--click-share', '1.5'],
    ['--peak', '0.5'],
  ])('refuses %s %s', async (option, value) => {
    await expect(run(option, value)).rejects.toThrow(option);
  });

  it('lists the environments if one is unknown', async () => {
    await expect(run('--environment', 'moon')).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining('prod'),
    });
  });

  it('names the file of a run that cannot be read', async () => {
    const files = ['--measure', '/nowhere/r', '--impressions', '/nowhere/i', '--clicks', '/nowhere/c'];
    await expect(run(...files, '--seconds', '1', '--run', 'a run')).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining('/nowhere/i'),
    });
  });

  it('measures only with all required options', async () => {
    await expect(run('--measure', 'results.jsonl')).rejects.toMatchObject({ exitCode: 2 });
  });
});
