import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { GENERATE_COMMAND, generatedFiles } from '../scripts/generated-files';
import { RECORD_KINDS, toJsonSchema, type JsonSchema } from '../src';

const PROJECT_ROOT = path.join(__dirname, '..');

/** @returns the JSON of a file of the project without its formatting, or undefined if none exists */
function committed(name: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(readFileSync(path.join(PROJECT_ROOT, name), 'utf8')));
  } catch {
    return undefined;
  }
}

/** @returns each part of a schema that describes a field, by its path */
function fieldSchemas(schema: JsonSchema, at: string): [string, JsonSchema][] {
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>);
  return properties.flatMap(([name, part]) => [[`${at}/${name}`, part], ...fieldSchemas(part, `${at}/${name}`)]);
}

describe('generated files', () => {
  it(`are what the zod schemas give; if not, run ${GENERATE_COMMAND}`, () => {
    const stale = [...generatedFiles()]
      .filter(([name, value]) => committed(name) !== JSON.stringify(value))
      .map(([name]) => name);
    if (stale.length > 0) throw new Error(`Out of date: ${stale.join(', ')}. Run ${GENERATE_COMMAND} and commit it.`);
  });

  it.each(['schemas', 'fixtures'])('are all there is in %s', (folder) => {
    const expected = [...generatedFiles().keys()].filter((name) => name.startsWith(`${folder}/`));
    const found = readdirSync(path.join(PROJECT_ROOT, folder)).map((name) => `${folder}/${name}`);
    expect(found.sort()).toEqual(expected.sort());
  });
});

describe.each(RECORD_KINDS)('JSON Schema of %s', (kind) => {
  const schema = toJsonSchema(kind);

  it('says what it is', () => {
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: `urn:ad-analytics:event-schemas:${kind}`,
      title: expect.stringMatching(/./),
      description: expect.stringMatching(/./),
    });
  });

  it('describes every field', () => {
    const undocumented = fieldSchemas(schema, kind).filter(([, part]) => !part['description']);
    expect(undocumented.map(([place]) => place)).toEqual([]);
  });

  it('closes no object to unknown fields', () => {
    expect(JSON.stringify(schema)).not.toContain('additionalProperties');
  });
});
