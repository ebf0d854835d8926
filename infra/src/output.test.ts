import { readFileSync } from 'node:fs';
import path from 'node:path';
import { synthesisedPipeline } from '../test/sample-pipeline';
import { ENVIRONMENTS_FOLDER, loadEnvironment } from './environments/load-environment';
import { PROJECT_ROOT } from './project-files';

const READER = path.join(PROJECT_ROOT, '..', 'tools', 'erase-user', 'src', 'deployed-stores.ts');

it('publishes the stores under the names that erase-user reads', () => {
  const [, list = ''] = /OUTPUTS = \{([^}]*)\}/.exec(readFileSync(READER, 'utf8')) ?? [];
  const names = [...list.matchAll(/'(\w+)'/g)].map(([, name = '']) => name);
  expect(names.length).toBeGreaterThan(4);
  const { output } = synthesisedPipeline(loadEnvironment('eu-prod', path.join(ENVIRONMENTS_FOLDER, 'examples')));
  expect(Object.keys(output)).toEqual(expect.arrayContaining(names));
});
