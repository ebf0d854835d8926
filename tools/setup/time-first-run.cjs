// Times what a newcomer waits for: from a fresh clone to the first click-through rate that the demo shows.
const { execFileSync, spawn } = require('node:child_process');
const { once } = require('node:events');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const timers = require('node:timers');
const { FIRST_RUN_FILE, ROOT } = require('./layout.cjs');
const { elapsed } = require('./step.cjs');

/** A machine that has not come so far by then has another problem than being slow. */
const PATIENCE_MS = 30 * 60_000;
/** The demo says so when what it needs is set up. */
const SET_UP = /Logs of this run/;
/** A campaign's row of the live table with its rate. */
const FIRST_RATE = /^ {2}campaign-\S+ .*\d\.\d\d %/m;

const USAGE = `Usage: npx nx run tools:time-first-run [-- --write]

Clones the last commit into a temporary folder, runs \`npm run demo\` there and waits for the first click-through rate. npm, pip and
Maven start with empty caches, so everything is downloaded. With --write the figures go to tools/setup/first-run.json and into README.md.

Exit code 0: the demo showed a rate; 1: it showed none within 30 minutes, or it ended before; 2: invalid usage.`;

/**
 * @typedef {{ setUpSeconds: number, firstRateSeconds: number, processors: number, memoryGb: number }} FirstRun
 *   from the start of the clone to everything set up, and to the first rate; the machine's processors and memory
 */

/** @param {FirstRun} run @returns {string} the sentence of README.md */
function firstRunSentence({ setUpSeconds, firstRateSeconds, processors, memoryGb }) {
  const minutes = (/** @type {number} */ seconds) => `${(seconds / 60).toFixed(1)} minutes`;
  return `From a fresh clone to the first live click-through rate: ${minutes(firstRateSeconds)}, of which ${minutes(setUpSeconds)} are the set-up with all its downloads, on ${processors} cores with ${memoryGb} GB and a fast connection.`;
}

/** @param {string} readme @param {FirstRun} run @returns {string} the text with the sentence between its markers */
function withSentence(readme, run) {
  const marked = /(<!-- first-run -->)[^]*?(<!-- \/first-run -->)/;
  if (!marked.test(readme)) throw new Error('README.md must contain <!-- first-run --> and <!-- /first-run -->.');
  return readme.replace(marked, `$1${firstRunSentence(run)}$2`);
}

/**
 * @param {string} clone to run the demo in
 * @param {number} started when the clone was begun, in milliseconds
 * @returns {Promise<FirstRun>} rejects when the demo ends before, or takes too long
 */
async function timeDemo(clone, started) {
  // As a newcomer has it: nothing of the npm script or the Nx target that this runs in.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|NX_)/i.test(name)));
  const paths = (env['PATH'] ?? '').split(path.delimiter).filter((folder) => !folder.startsWith(ROOT));
  const fresh = (/** @type {string} */ name) => path.join(path.dirname(clone), name);
  const caches = {
    npm_config_cache: fresh('npm'),
    PIP_NO_CACHE_DIR: '1',
    MAVEN_USER_HOME: fresh('maven'),
    MAVEN_ARGS: `-Dmaven.repo.local=${fresh('repository')}`,
  };
  const demo = spawn('npm', ['run', 'demo', '--', '--no-open'], {
    cwd: clone,
    env: { ...env, ...caches, PATH: paths.join(path.delimiter) },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let text = '';
  /** @type {number | undefined} */
  let setUp;
  const end = once(demo, 'close');
  const timer = timers.setTimeout(() => process.kill(-Number(demo.pid), 'SIGKILL'), PATIENCE_MS);
  try {
    return await new Promise((resolve, reject) => {
      const look = (/** @type {Buffer} */ chunk) => {
        process.stderr.write(chunk);
        text += chunk;
        const seconds = Math.round((Date.now() - started) / 1_000);
        if (SET_UP.test(text)) setUp ??= seconds;
        if (setUp === undefined || !FIRST_RATE.test(text)) return;
        const machine = { processors: os.availableParallelism(), memoryGb: Math.round(os.totalmem() / 2 ** 30) };
        resolve({ setUpSeconds: setUp, firstRateSeconds: seconds, ...machine });
      };
      demo.stdout.on('data', look);
      demo.stderr.on('data', look);
      demo.once('error', reject);
      demo.once('close', () => reject(new Error('The demo ended before it showed a click-through rate.')));
    });
  } finally {
    timers.clearTimeout(timer);
    if (demo.exitCode === null && demo.signalCode === null) {
      // No Ctrl-C: with that the demo would draw up its books first.
      process.kill(-Number(demo.pid), 'SIGTERM');
      await end;
    }
  }
}

/** @param {string[]} argv arguments after the script */
async function main(argv) {
  if (argv.includes('--help')) return console.log(USAGE);
  if (argv.some((argument) => argument !== '--write')) {
    console.error(USAGE);
    process.exitCode = 2;
    return;
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'first-run-'));
  try {
    const started = Date.now();
    execFileSync('git', ['clone', '--quiet', '--depth', '1', `file://${ROOT}`, path.join(folder, 'clone')]);
    const run = await timeDemo(path.join(folder, 'clone'), started);
    console.log(
      `\nSet up after ${elapsed(run.setUpSeconds * 1_000)}, first click-through rate after ${elapsed(run.firstRateSeconds * 1_000)}.`,
    );
    console.log(firstRunSentence(run));
    if (!argv.includes('--write')) return;
    fs.writeFileSync(FIRST_RUN_FILE, `${JSON.stringify(run, null, 2)}\n`);
    const readme = path.join(ROOT, 'README.md');
    fs.writeFileSync(readme, withSentence(fs.readFileSync(readme, 'utf8'), run));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

if (require.main === module)
  main(process.argv.slice(2)).catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });

module.exports = { FIRST_RATE, SET_UP, firstRunSentence, withSentence };
