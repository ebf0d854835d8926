import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '@ad-analytics/setup/layout.cjs';
import { pageTables } from './cost-command';
import { PAGES, fill } from './docs';

describe('fill', () => {
  it('replaces each table and keeps the rest', () => {
    const page = 'a\n<!-- begin one, by nx run tools:cost -->\nold\n<!-- end -->\nb\n';
    expect(fill(page, { one: 'new' })).toBe('a\n<!-- begin one, by nx run tools:cost -->\n\nnew\n\n<!-- end -->\nb\n');
  });

  it('names a placeholder without a table', () => {
    expect(() => fill('<!-- begin two, by nx run tools:cost --><!-- end -->', { one: '' })).toThrow('"two"');
  });
});

describe('the committed pages', () => {
  /** Ignores the widths of columns, which prettier determines. */
  const plain = (text: string) => text.replace(/ +/g, ' ').replace(/-{3,}/g, '---');
  const tables = pageTables();
  const pages = PAGES.map((name) => readFileSync(path.join(ROOT, 'docs', name), 'utf8'));

  it('have the tables of the calculator; if not, run: npx nx run tools:cost -- --docs', () => {
    for (const page of pages) expect(plain(page)).toBe(plain(fill(page, tables)));
  });

  it.each(Object.keys(tables))('have the table "%s" once', (name) => {
    expect(pages.join('\n').split(`<!-- begin ${name}, by nx run tools:cost -->`)).toHaveLength(2);
  });
});
