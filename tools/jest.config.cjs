// The set-up is plain Node outside src; its tests lie beside it as well.
module.exports = {
  ...require('../jest.preset.cjs')(__dirname, { localAws: true }),
  testMatch: ['<rootDir>/{src,setup}/**/*.test.ts'],
};
