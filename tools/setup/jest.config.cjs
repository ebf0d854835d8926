// The set-up is plain Node, so it has no folder `src`.
module.exports = {
  ...require('../../jest.preset.cjs')(__dirname),
  testMatch: ['<rootDir>/**/*.test.ts'],
};
