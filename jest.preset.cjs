/**
 * The one jest configuration: each project's jest.config.cjs calls it with its own folder.
 * swc only strips types here; `nx typecheck` is what checks them.
 */
const path = require('node:path');
const { compilerOptions } = require('./tsconfig.base.json');

const moduleNameMapper = Object.fromEntries(
  Object.entries(compilerOptions.paths).map(([alias, [target]]) => [`^${alias}$`, path.join(__dirname, target)]),
);

/**
 * @param {string} projectRoot absolute path of the project's folder
 * @returns {import('jest').Config}
 */
module.exports = function jestPreset(projectRoot) {
  return {
    rootDir: projectRoot,
    displayName: path.basename(projectRoot),
    testEnvironment: 'node',
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
    moduleNameMapper,
    modulePathIgnorePatterns: ['<rootDir>/dist/'],
  };
};
