import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { GENERATE_COMMAND, generatedFiles, WORKSPACE } from '../scripts/generated-files';
import { RECORD_KINDS, toJsonSchema, type JsonSchema } from '../src';

const PROJECT = 'libs/event-schemas';
// Another process, on a machine that may be busy.
jest.setTimeout(120_000);

/** @returns each part of a schema that describes a field, by its path */
function fieldSchemas(schema: JsonSchema, at: string): [string, JsonSchema][] {
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>);
  return properties.flatMap(([name, part]) => [[`${at}/${name}`, part], ...fieldSchemas(part, `${at}/${name}`)]);
}

describe('generated files', () => {
  it(`are what the definitions give; if not, run ${GENERATE_COMMAND}`, () => {
    // Prettier, which formats the files, does not load within Jest.
    const command = ['--import', 'tsx', path.join(PROJECT, 'scripts', 'generate.ts'), '--check'];
    const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: WORKSPACE, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toBe(`${generatedFiles().size} files are up to date.\n`);
  });

  it.each([`${PROJECT}/schemas`, `${PROJECT}/fixtures`, 'flink/sql/sinks'])('are all there is in %s', (folder) => {
    const expected = [...generatedFiles().keys()].filter((name) => name.startsWith(`${folder}/`));
    const found = readdirSync(path.join(WORKSPACE, folder)).map((name) => `${folder}/${name}`);
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
