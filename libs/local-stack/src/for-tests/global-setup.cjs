// Jest's global setup. moduleNameMapper does not apply to it, so tsx loads the TypeScript, with the paths of tsconfig.base.json.
const path = require('node:path');

process.env['TSX_TSCONFIG_PATH'] ??= path.join(__dirname, '..', '..', '..', '..', 'tsconfig.base.json');
const tsx = require('tsx/cjs/api');

module.exports = () => tsx.require(path.join(__dirname, 'start-local-aws.ts'), __dirname).default();
