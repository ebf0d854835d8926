import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { loadPropertyGroups, parsePropertyGroups, SettingsError } from '.';

/** @returns the problems of the value */
function problemsOf(value: unknown): readonly string[] {
  try {
    parsePropertyGroups(value, 'settings.json');
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

describe('parsePropertyGroups', () => {
  it('returns the groups in their order', () => {
    const groups = fc.uniqueArray(
      fc.record({
        PropertyGroupId: fc.string({ minLength: 1 }),
        PropertyMap: fc.dictionary(
          fc.string().filter((name) => name !== '__proto__'),
          fc.string(),
          { noNullPrototype: true },
        ),
      }),
      { selector: (group) => group.PropertyGroupId },
    );
    fc.assert(
      fc.property(groups, (value) => {
        expect(parsePropertyGroups(value, 'settings.json')).toEqual(value);
      }),
    );
  });

  it.each([
    ['an object', {}, 'file: '],
    ['null', null, 'file: '],
    ['a group of a wrong type', ['Source'], 'group 1: '],
    ['a group without a name', [{ PropertyMap: {} }], 'group 1/PropertyGroupId: '],
    ['a group with an empty name', [{ PropertyGroupId: '', PropertyMap: {} }], 'group 1/PropertyGroupId: '],
    ['a group without settings', [{ PropertyGroupId: 'Source' }], 'Source/PropertyMap: '],
    ['a number as value', [{ PropertyGroupId: 'Metrics', PropertyMap: { 'a.b': 60 } }], 'Metrics/a.b: '],
    ['null as value', [{ PropertyGroupId: 'Metrics', PropertyMap: { 'a.b': null } }], 'Metrics/a.b: '],
    ['another key in a group', [{ PropertyGroupId: 'Source', PropertyMap: {}, Comment: '' }], 'Source: '],
    ['a group twice', Array(2).fill({ PropertyGroupId: 'Source', PropertyMap: {} }), 'Source: the group occurs twice'],
  ])('refuses %s and names the place', (_, value, place) => {
    const problems = problemsOf(value);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.startsWith(place)).toBe(true);
  });

  it('names the source in the message', () => {
    expect(() => parsePropertyGroups({}, 'some/settings.json')).toThrow(/^some\/settings\.json: file: /);
  });
});

describe('loadPropertyGroups', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'pipeline settings '));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('reads a file whose path has spaces', () => {
    const file = path.join(folder, 'settings.json');
    writeFileSync(file, '[{"PropertyGroupId":"Source","PropertyMap":{"initial.position":"LATEST"}}]');
    expect(loadPropertyGroups(file)).toEqual([
      { PropertyGroupId: 'Source', PropertyMap: { 'initial.position': 'LATEST' } },
    ]);
  });

  it('names a file that is not there', () => {
    const file = path.join(folder, 'absent.json');
    expect(() => loadPropertyGroups(file)).toThrow(SettingsError);
    expect(() => loadPropertyGroups(file)).toThrow(`${file}: cannot be read: `);
  });

  it('names a file that is not JSON', () => {
    const file = path.join(folder, 'broken.json');
    writeFileSync(file, '[{');
    expect(() => loadPropertyGroups(file)).toThrow(SettingsError);
    expect(() => loadPropertyGroups(file)).toThrow(`${file}: not valid JSON: `);
  });
});
