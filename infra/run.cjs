// `node infra/run.cjs <command>`: what the targets of this project call. Finds the workspace's libraries for the TypeScript part.
const path = require('node:path');

process.env['TSX_TSCONFIG_PATH'] = path.join(__dirname, '..', 'tsconfig.base.json');
require('tsx/cjs');
require('./src/main.ts');
