// `node infra/run.cjs <command>`: what the targets of this project and cdktf.json call. Finds the workspace's libraries for the TypeScript part.
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
