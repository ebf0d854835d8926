// `node infra/run.cjs <command>`: the entry point for the targets of this project and for cdktf.json. It makes the workspace's libraries
// available to the TypeScript code.
const path = require('node:path');

process.env['TSX_TSCONFIG_PATH'] = path.join(__dirname, '..', 'tsconfig.base.json');
try {
  require.resolve('tsx/cjs');
} catch {
  console.error('The npm packages are missing. Run in the root folder of the project: npm run setup');
  process.exit(2);
}
require('tsx/cjs');
require('./src/main.ts');
