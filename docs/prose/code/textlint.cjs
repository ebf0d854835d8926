// textlint for source files: the phrases of the documentation, in comments, texts and names of tests (npx nx run docs:lint-code).
const { join } = require('node:path');

module.exports = {
  plugins: { [join(__dirname, 'plugin.cjs')]: true },
  rules: { prh: { rulePaths: ['../phrases.yml'] } },
};
