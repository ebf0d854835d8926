/**
 * The one jest configuration: each project's jest.config.cjs calls it with its own folder.
 * swc only strips types here; `nx typecheck` is what checks them.
 */
const path = require('node:path');
const { compilerOptions } = require('./tsconfig.base.json');

const moduleNameMapper = Object.fromEntries(
  Object.entries(compilerOptions.paths).map(([alias, [target = '']]) => [
    `^${alias.replace('*', '(.*)')}$`,
    path.join(__dirname, target.replace('*', '$1')),
  ]),
);

/**
 * @param {string} projectRoot absolute path of the project's folder
 * @param {{ localAws?: boolean }} [options] `localAws`: its tests find a local AWS at `TEST_AWS_ENDPOINT`, started for them if need be
 * @returns {import('jest').Config}
 */
module.exports = function jestPreset(projectRoot, { localAws = false } = {}) {
  const forTests = path.join(__dirname, 'libs', 'local-stack', 'src', 'for-tests');
  return {
    ...(localAws && {
      globalSetup: path.join(forTests, 'global-setup.cjs'),
      globalTeardown: path.join(forTests, 'stop-local-aws.ts'),
    }),
    rootDir: projectRoot,
    displayName: path.basename(projectRoot),
    testEnvironment: path.join(__dirname, 'jest.environment.cjs'),
    // Against a test that hangs, not one that a busy machine makes slow: no test is about the time it takes.
    testTimeout: 300_000,
    testMatch: ['<rootDir>/{src,test}/**/*.test.ts'],
    transform: {
      '^.+\\.[cm]?[jt]s$': [
        '@swc/jest',
        {
          jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
          module: { type: 'commonjs' },
          sourceMaps: 'inline',
        },
      ],
    },
    // Packages with ES modules only, which Jest does not load as they are.
    transformIgnorePatterns: ['/node_modules/(?!get-port/)'],
    moduleNameMapper,
    modulePathIgnorePatterns: ['<rootDir>/dist/'],
  };
};
