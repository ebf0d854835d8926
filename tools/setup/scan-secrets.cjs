// Looks for secrets in the whole history of the repository, with a scanner installed on demand from a separate lockfile.
const { spawnSync } = require('node:child_process');
const path = require('node:path');
const { ROOT, SUPPLY_CHAIN } = require('./layout.cjs');
const { prepareOwnPackages } = require('./prepare.cjs');
const { projectNode } = require('./project-node.cjs');
const { StepError } = require('./step.cjs');

const USAGE = `Usage: node tools/setup/scan-secrets.cjs [folder of a repository]     (default: this repository)

Exit code 0: nothing found; 1: possible secrets; 2: the scanner cannot be installed.`;

/** @param {string[]} argv arguments after the script */
async function main(argv) {
  if (argv.includes('--help')) return console.log(USAGE);
  try {
    await prepareOwnPackages(SUPPLY_CHAIN);
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    console.error(error.message);
    process.exitCode = 2;
    return;
  }
  const args = [path.join(SUPPLY_CHAIN, 'scan-history.mjs'), ...argv];
  process.exitCode = spawnSync(projectNode(), args, { cwd: ROOT, stdio: 'inherit' }).status ?? 1;
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
