module.exports = { ...require('../jest.preset.cjs')(__dirname), testMatch: ['<rootDir>/prose/**/*.test.ts'] };
