module.exports = {
  ...require('../jest.preset.cjs')(__dirname),
  // The folders beside src are separate projects.
  roots: ['<rootDir>/src'],
};
