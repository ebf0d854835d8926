import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { replaceOnce } from '../replace-once';
import { WorkspaceCopy } from './workspace-copy';

const TYPESCRIPT = path.join('node_modules', 'typescript', 'bin', 'tsc');
const JEST = path.join('node_modules', 'jest', 'bin', 'jest.js');

/** What the recipe changes by hand: file, a text that stays, and the text that is added before it. */
const CHANGES = [
  [
    'libs/event-schemas/src/impression.ts',
    '    width: wholeNumber',
    "    slot_name: identifier.nullish().describe('Name of the slot on the page.'),\n",
  ],
  [
    'libs/event-schemas/test/cases/ad-event.ts',
    "      ...validValues(MINIMAL_IMPRESSION, 'cost_micros'",
    "      ...validValues(MINIMAL_IMPRESSION, 'slot_name', { ...IDENTIFIERS.valid, null: null }),\n",
  ],
  ['libs/traffic-model/src/event-factory.ts', '    width: ad.width,\n', '    slot_name: `slot ${ad.width}`,\n'],
] as const;

describe('the recipe for an event field', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'recipe for a field '));
  let copy: WorkspaceCopy;

  beforeAll(() => {
    copy = new WorkspaceCopy(path.join(folder, 'workspace'));
    for (const [file, before, added] of CHANGES) replaceOnce(copy.folder, file, before, added + before);
    copy.node(['--import', 'tsx', 'libs/event-schemas/scripts/generate.ts']);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('has at most three places by hand', () => expect(new Set(CHANGES.map(([file]) => file)).size).toBe(3));

  it('puts the field into the schema that the jar contains, and into the fixtures of its tests', () => {
    const read = (file: string) => readFileSync(path.join(copy.folder, 'libs', 'event-schemas', file), 'utf8');
    expect(read('schemas/impression.schema.json')).toContain('"slot_name"');
    expect(read('fixtures/impression.valid.json')).toContain('slot_name: 128 characters');
  });

  it.each(['libs/event-schemas', 'libs/traffic-model', 'apps/generator'])(
    'leaves the types of %s correct',
    (project) => {
      copy.node([TYPESCRIPT, '--noEmit', '-p', project]);
    },
  );

  it('leaves the tests of the contract correct', () => {
    copy.node([JEST, '-c', 'libs/event-schemas/jest.config.cjs', '--silent']);
  });
});
