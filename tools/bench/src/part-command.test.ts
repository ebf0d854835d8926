import { commandToRepeat } from './part-command';

describe('commandToRepeat', () => {
  it('keeps the sizes, and leaves out where to write and what else ran', () => {
    const args = ['--', '--events', '100', '--beside', 'tests, and more', '--report', '/r', '--runs', '2'];
    expect(commandToRepeat('bench-graph', args)).toBe('npx nx run tools:bench-graph -- --events 100 --runs 2');
    expect(commandToRepeat('bench-beside', ['--only', 'parse only,DuckDB'])).toBe(
      'npx nx run tools:bench-beside -- --only "parse only,DuckDB"',
    );
    expect(commandToRepeat('bench-graph', [])).toBe('npx nx run tools:bench-graph');
  });
});
