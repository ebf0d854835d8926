// The set-up is plain Node outside src; its tests lie beside it, too.
module.exports = {
  ...require('../jest.preset.cjs')(__dirname),
  testMatch: ['<rootDir>/{src,setup}/**/*.test.ts'],
};
