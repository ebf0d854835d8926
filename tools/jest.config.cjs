module.exports = {
  ...require('../jest.preset.cjs')(__dirname, { localAws: true }),
  // The folders beside src are separate projects.
  roots: ['<rootDir>/src'],
};
