import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT, VENV_PYTHON } from '@ad-analytics/setup/layout.cjs';
import { findJdks, firstGood } from '@ad-analytics/setup/toolchain.cjs';
import { findFlink } from '@ad-analytics/local-stack/flink-distribution';
import { follow, placesOf } from './recipe';
import { RECIPES } from './recipes';
import { WorkspaceCopy } from './workspace-copy';

const TOOLCHAIN = path.join('tools', 'setup', 'with-toolchain.cjs');
const TYPESCRIPT = path.join('node_modules', 'typescript', 'bin', 'tsc');
const JEST = path.join('node_modules', 'jest', 'bin', 'jest.js');
const JAR = path.join(ROOT, 'flink', 'target', 'pyflink-dependencies.jar');

/**
 * Projects whose code depends on what the recipes change. One program checks them all, because each would check the same libraries.
 * tools/src imports every command, so it brings the code of all rooms.
 */
const CHECKED = {
  extends: './tsconfig.base.json',
  compilerOptions: { allowJs: true },
  include: [
    'libs/*/src',
    'libs/*/scripts',
    'libs/*/test',
    'apps/generator/src',
    'apps/output-sink/src',
    'tools/src',
    'tools/verify/src',
  ],
};

const IMPRESSION = {
  impression_id: 'i1',
  event_time: '2026-11-23T10:00:00.000Z',
  user_id: 'u1',
  campaign_id: 'c1',
  ad_id: 'a1',
  publisher_id: 'p1',
  slot_name: 'top',
};

/** All recipes are followed in one copy of the workspace: it takes the time of one. */
describe('the recipes', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'the recipes '));
  let copy: WorkspaceCopy;
  const read = (file: string) => readFileSync(path.join(copy.folder, file), 'utf8');

  beforeAll(() => {
    copy = new WorkspaceCopy(path.join(folder, 'workspace'));
    for (const recipe of RECIPES) follow(recipe, copy.folder);
    for (const project of ['libs/event-schemas', 'libs/archive-table', 'infra'])
      copy.node(['--import', 'tsx', `${project}/scripts/generate.ts`]);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(RECIPES)('$name: has at most $places places by hand', (recipe) => {
    expect(placesOf(recipe).size).toBeLessThanOrEqual(recipe.places);
  });

  it('put the field and the record into the schemas and the fixtures', () => {
    expect(read('libs/event-schemas/schemas/impression.schema.json')).toContain('"slot_name"');
    expect(read('libs/event-schemas/fixtures/impression.valid.json')).toContain('slot_name: 128 characters');
    expect(read('libs/event-schemas/fixtures/attributed_click.valid.json')).toContain('slot_name: null');
    expect(read('libs/event-schemas/fixtures/campaign_cost.invalid.json')).toContain(
      'campaign_cost.campaign_id: empty',
    );
  });

  it('put the field and the record into archive, Redshift, and the tables of the documentation', () => {
    expect(read('libs/archive-table/sql/views/attributed_click.sql')).toContain('payload.slot_name AS slot_name');
    expect(read('libs/archive-table/sql/views/campaign_cost.sql')).toContain('payload.cost_per_click_micros');
    expect(read('infra/sql/redshift/deliveries/attributed_click_delivery.sql')).toContain(
      'record.attributed_click.slot_name::VARCHAR(512) AS slot_name',
    );
    expect(read('infra/sql/redshift/views/campaign_cost.sql')).toContain('  cost_per_click_micros,\n');
    for (const file of ['README.md', 'flink/README.md']) expect(read(file)).toContain('| `campaign_cost`');
  });

  it('leave the types correct', () => {
    writeFileSync(path.join(copy.folder, 'tsconfig.recipes.json'), JSON.stringify(CHECKED));
    copy.node([TYPESCRIPT, '--noEmit', '-p', 'tsconfig.recipes.json']);
  });

  it('leave the tests of the contract correct', () => {
    copy.node([JEST, '-c', 'libs/event-schemas/jest.config.cjs', '--silent']);
  });

  it('have valid settings, and produce the results on Flink that their cases expect', () => {
    const toolchain = path.join('..', TOOLCHAIN);
    const only = ['-k', 'settings or click_share or campaign_cost or (attributed_click and not unattributed_click)'];
    const tests = ['ad_analytics', 'tests/sql_cases_test.py', 'tests/contract_test.py'];
    copy.node([toolchain, 'python', '-m', 'pytest', '-q', '-x', ...tests, ...only], 'flink');
  });

  it('produce the same results in the independent check, and keys in the serving table', () => {
    const found: unknown = JSON.parse(copy.node(['--import', 'tsx', 'tools/src/recipes/try-the-recipes.ts']));
    expect(found).toMatchObject({
      alerts: expect.arrayContaining([
        expect.objectContaining({ rule: 'click_share', actor_id: '192.0.2.1', observed: 0.75, threshold: 0.7 }),
      ]),
      slots: ['k0', 'k1', 'k2'].map((click) => [click, 'top']),
      costs: [expect.objectContaining({ campaign_id: 'c1', valid_clicks: 1, cost_per_click_micros: 3001 })],
      item: {
        gsi1pk: 'campaign_cost#c1',
        gsi1sk: '2026-11-23T12:00:00.000Z',
        gsi2pk: 'campaign_cost#2026-11-23T12:00:00.000Z',
        gsi2sk: '0000000000003001',
        expires_at: 30 * 86_400,
      },
    });
  });

  it('take the value of a carried field through parser, state and column of the jar', async () => {
    const java = firstGood(findJdks());
    if (!java) throw new Error('A usable JDK is missing: run `npm run doctor`.');
    const classes = path.join(folder, 'classes');
    mkdirSync(classes);
    const { classPath } = await findFlink(VENV_PYTHON);
    // Before the jar, whose schemas are those of the workspace and not of the copy.
    const all = [classes, path.join(copy.folder, 'libs', 'event-schemas'), JAR, classPath].join(path.delimiter);
    const tool = (name: string) => path.join(java.home, 'bin', name);
    const source = path.join(copy.folder, 'tools', 'src', 'recipes', 'TryTheRecipes.java');
    execFileSync(tool('javac'), ['-proc:none', '-cp', all, '-d', classes, source]);
    const args = ['-cp', all, 'adanalytics.table.TryTheRecipes', JSON.stringify(IMPRESSION), 'slot_name'];
    expect(execFileSync(tool('java'), args, { encoding: 'utf8' })).toBe('top\n');
  });

  it('are in the zip', () => {
    const zip = path.join(folder, 'application.zip');
    copy.node([TOOLCHAIN, 'python', 'flink/package/build_zip.py', '--output', zip]);
    expect(existsSync(zip)).toBe(true);
    const list = `import sys, zipfile; print("\\n".join(zipfile.ZipFile(sys.argv[1]).namelist()))`;
    const names = copy.node([TOOLCHAIN, 'python', '-c', list, zip]);
    expect(names).toContain('sql/rules/click_share/rule.sql');
    expect(names).toContain('sql/inserts/campaign_cost.sql');
    expect(names).toContain('sql/sinks/campaign_cost.sql');
  });
});
