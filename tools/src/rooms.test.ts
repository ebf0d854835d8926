/** tools/rooms.json says which rooms a room may import; eslint.config.mjs turns it into the boundaries that `lint` enforces. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '@ad-analytics/setup/layout.cjs';

const json = (file: string) => JSON.parse(readFileSync(path.join(ROOT, file), 'utf8')) as unknown;
const rooms = json('tools/rooms.json') as Readonly<Record<string, readonly string[]>>;
const projects = globSync('tools/*/project.json', { cwd: ROOT })
  .map((file) => json(file) as { name: string; sourceRoot: string; tags: string[] })
  .filter(({ tags }) => tags.includes('type:room'));

describe('tools/rooms.json', () => {
  it('has every room, and no other', () => {
    expect(projects.map(({ name }) => name).sort()).toEqual(Object.keys(rooms).sort());
  });

  it.each(projects)('$name has its tags and its folder', ({ name, sourceRoot, tags }) => {
    expect(tags).toEqual(['type:room', `room:${name}`, 'scope:platform']);
    expect(sourceRoot).toBe(`tools/${name}/src`);
  });

  it.each(Object.entries(rooms))('lets %s import only rooms that are listed before it', (name, imported) => {
    const names = Object.keys(rooms);
    expect(names.slice(0, names.indexOf(name))).toEqual(expect.arrayContaining([...imported]));
  });
});
