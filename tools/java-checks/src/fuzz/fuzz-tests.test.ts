import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '@ad-analytics/setup/layout.cjs';
import { FUZZ_TARGETS, committedInputs } from './fuzz-tests';

const FLINK = path.join(ROOT, 'flink');
const JAVA = path.join(FLINK, 'src', 'test', 'java');
const all = Object.values(FUZZ_TARGETS).flat();

describe('the fuzz tests', () => {
  it('list every fuzz test of flink', () => {
    const inJava = globSync('**/*FuzzTest.java', { cwd: JAVA }).flatMap((file) => {
      const testClass = file
        .replace(/\.java$/, '')
        .split(path.sep)
        .join('.');
      const methods = readFileSync(path.join(JAVA, file), 'utf8').matchAll(/@FuzzTest\s+void (\w+)\(/g);
      return [...methods].map(([, method]) => `${testClass}.${method}`);
    });
    expect(all.map(({ testClass, method }) => `${testClass}.${method}`).sort()).toEqual(inJava.sort());
  });

  it.each(all.map((test) => [test.name, test] as const))('%s has committed inputs', (_, test) =>
    expect(globSync('*', { cwd: committedInputs(FLINK, test) })).not.toEqual([]),
  );
});
