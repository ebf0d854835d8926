import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from '@ad-analytics/setup/layout.cjs';
import { replaceOnce } from '../replace-once';
import { WorkspaceCopy } from './workspace-copy';

const RECIPE = path.join(ROOT, 'docs', 'recipes', 'add-a-rule');
const TYPESCRIPT = path.join('node_modules', 'typescript', 'bin', 'tsc');
const TOOLCHAIN = path.join('tools', 'setup', 'with-toolchain.cjs');

/** Prints what the independent check finds: three clicks and one impression of an address within a minute. */
const TRY_THE_CHECK = `
import { click, impression } from '../verify/sample-events';
import { expectedResults } from '../verify/sample-check';
const ip = '192.0.2.1';
const clicks = [0, 1, 2].map((k) => ({ event: click('k' + k, 'i1', 30, { ip }) }));
const limits = { clickShareMinClicks: 3, clickShareThreshold: 0.7, shortSlideSeconds: 60 };
void expectedResults('fraud_alert', [{ event: impression('i1', 29, { ip }) }], clicks, limits).then((found) => {
  console.log(JSON.stringify(found));
});
`;

describe('the recipe for a fraud rule', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'recipe for a rule '));
  const files = readdirSync(RECIPE, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'README.md')
    .map((entry) => path.relative(RECIPE, path.join(entry.parentPath, entry.name)));
  let copy: WorkspaceCopy;

  beforeAll(() => {
    copy = new WorkspaceCopy(path.join(folder, 'workspace'));
    for (const file of files) cpSync(path.join(RECIPE, file), path.join(copy.folder, file), { recursive: true });
    const catalogue = 'libs/event-schemas/src/rules/catalogue.ts';
    replaceOnce(
      copy.folder,
      catalogue,
      'import { clickVelocity }',
      "import { clickShare } from './click-share';\nimport { clickVelocity }",
    );
    replaceOnce(copy.folder, catalogue, '  idFanOut,\n] as const', '  idFanOut,\n  clickShare,\n] as const');
    copy.node(['--import', 'tsx', 'libs/event-schemas/scripts/generate.ts']);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('has at most six places by hand: four files, the catalogue and docs/analytics.md', () => {
    expect(files).toHaveLength(4);
  });

  it.each(['libs/event-schemas', 'libs/pipeline-settings', 'tools'])('leaves the types of %s correct', (project) => {
    copy.node([TYPESCRIPT, '--noEmit', '-p', project]);
  });

  it('has valid settings, and finds on Flink what its cases expect', () => {
    const toolchain = path.join('..', TOOLCHAIN);
    const tests = ['ad_analytics', 'tests/sql_cases_test.py', '-k', 'click_share or settings'];
    copy.node([toolchain, 'python', '-m', 'pytest', '-q', '-x', ...tests], 'flink');
  });

  it('finds the same with the independent check', () => {
    writeFileSync(path.join(copy.folder, 'tools', 'src', 'recipes', 'try-the-check.ts'), TRY_THE_CHECK);
    const found: unknown = JSON.parse(copy.node(['--import', 'tsx', 'tools/src/recipes/try-the-check.ts']));
    expect(found).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ rule: 'click_share', actor_id: '192.0.2.1', observed: 0.75, threshold: 0.7 }),
      ]),
    );
  });

  it('is in the zip', () => {
    const zip = path.join(folder, 'application.zip');
    copy.node([TOOLCHAIN, 'python', 'flink/package/build_zip.py', '--output', zip]);
    expect(existsSync(zip)).toBe(true);
    const list = `import sys, zipfile; print("\\n".join(zipfile.ZipFile(sys.argv[1]).namelist()))`;
    expect(copy.node([TOOLCHAIN, 'python', '-c', list, zip])).toContain('sql/rules/click_share/rule.sql');
  });
});
