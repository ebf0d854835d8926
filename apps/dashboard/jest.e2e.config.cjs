// The browser tests: slow, and only if Chromium is installed.
module.exports = {
  ...require('../../jest.preset.cjs')(__dirname),
  displayName: 'dashboard e2e',
  testMatch: ['<rootDir>/test/**/*.e2e.ts'],
  testTimeout: 120_000,
};
