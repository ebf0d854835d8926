import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '@ad-analytics/setup/layout.cjs';

const MAP = 'docs/README.md';
const MAX_CELL_LENGTH = 120;
const NOT_OF_THE_PROJECT = new Set(['node_modules', 'dist', 'target', 'coverage', 'cdktf.out']);

const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const pages = globSync(['*.md', '{apps,docs,flink,infra,libs,tools}/**/*.md'], {
  cwd: ROOT,
  exclude: (name) => NOT_OF_THE_PROJECT.has(path.basename(name)),
}).sort();
/** @returns links of a page to files of the project, relative to its root */
const links = (page: string) =>
  [...read(page).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !link.startsWith('http'))
    .map((link) => path.join(path.dirname(page), link));
/** @returns the cells of all tables of a page */
const cells = (page: string) =>
  read(page)
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .flatMap((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()))
    .filter((cell) => !/^:?-+:?$/.test(cell));

describe('the documentation', () => {
  it('has pages', () => expect(pages.length).toBeGreaterThan(50));

  it.each(pages)('%s links to files that exist', (page) => {
    expect(links(page).filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
  });

  it('has every page in its map, or in the indexes of the decisions and the runbooks', () => {
    const found = [MAP, 'docs/adr/README.md', 'docs/runbooks/README.md'].flatMap(links);
    expect(pages.filter((page) => page !== MAP && !found.includes(page))).toEqual([]);
  });

  it.each(pages)('%s has short table cells', (page) => {
    expect(cells(page).filter((cell) => cell.length > MAX_CELL_LENGTH)).toEqual([]);
  });
});
