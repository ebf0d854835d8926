// Messages that the set-up prints before a long step or a large download.
const fs = require('node:fs');
const path = require('node:path');
const { described } = require('./downloads.cjs');
const { FIRST_RUN_FILE, PACKAGE_ZIP, ROOT, RUN_ROOT, VENV } = require('./layout.cjs');
const { StepError } = require('./step.cjs');

/**
 * @param {{ setUpSeconds: number, processors: number }} measured duration of the first run, as last measured
 * @returns {string} what will be installed, its size, and how long it takes
 */
function firstRunText({ setUpSeconds, processors }) {
  const minutes = Math.ceil(setUpSeconds / 60);
  return `. First run in this folder. Once, the set-up installs npm packages (1.3 GB on the disk) and Python packages with Flink (1.1 GB), and builds
  the application with Maven (0.5 GB): about ${minutes} minutes on ${processors} cores with a fast connection, longer with a slow one. Later runs start at once.
  It goes on where it was interrupted; its logs are in ${path.relative(ROOT, path.join(RUN_ROOT, 'setup'))}.`;
}

/** On a fresh clone, prints what will be installed and how long it takes. @param {{ application: boolean }} parts what the command needs */
function announceFirstRun({ application }) {
  if (!application || fs.existsSync(PACKAGE_ZIP) || fs.existsSync(VENV)) return;
  console.error(firstRunText(JSON.parse(fs.readFileSync(FIRST_RUN_FILE, 'utf8'))));
}

/**
 * Prints what will be downloaded, and downloads it. If the download fails, prints how to install the tool by hand.
 * @param {'python' | 'jdk'} tool what is missing
 * @param {string[]} help how to install it by hand
 * @param {() => Promise<void>} work the download
 */
async function announced(tool, help, work) {
  const name = tool === 'python' ? 'Python' : 'JDK';
  console.error(`. This machine does not have a ${name} that fits: downloading ${described(tool)} into .toolchain`);
  try {
    await work();
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    const otherwise = help.map((line) => `  -> ${line}`).join('\n');
    throw new StepError(
      `${error.message}\nWhere it cannot be downloaded, install it yourself and run the same command again:\n${otherwise}`,
    );
  }
}

module.exports = { announceFirstRun, announced, firstRunText };
