// Runs one step of the set-up as a child process: its output to a log, its progress to the terminal.
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const fs = require('node:fs');
const path = require('node:path');
const timers = require('node:timers');

const TAIL_LINES = 25;
const GRACE_MS = 10_000;

/** The step under way, so that a signal can end it. @type {import('node:child_process').ChildProcess | undefined} */
let current;

/** @param {number} ms milliseconds @returns {string} for example "1m 05s" */
function elapsed(ms) {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m ${String(seconds % 60).padStart(2, '0')}s`;
}

/** @param {string} file a log @param {number} [lines] how many @returns {string} its last lines */
function tail(file, lines = TAIL_LINES) {
  if (!fs.existsSync(file)) return '(no output)';
  return fs.readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
}

/** A step that failed: `message` holds the end of its log and the log's path. */
class StepError extends Error {}

/**
 * Shows that a long step is alive: redraws one line on a terminal, prints a line now and then elsewhere.
 * @param {string} title what is being done
 * @param {NodeJS.WriteStream} out where to show it
 * @returns {(mark: string) => void} ends it with a last line
 */
function showProgress(title, out = process.stderr) {
  const started = Date.now();
  const line = (/** @type {string} */ mark) => `${mark} ${title} (${elapsed(Date.now() - started)})`;
  if (!out.isTTY) out.write(`. ${title} ...\n`);
  const timer = timers.setInterval(
    () => out.write(out.isTTY ? `\r\u001b[2K${line('.')}` : `${line('.')}\n`),
    out.isTTY ? 500 : 15_000,
  );
  return (mark) => {
    timers.clearInterval(timer);
    out.write(`${out.isTTY ? '\r\u001b[2K' : ''}${line(mark)}\n`);
  };
}

/**
 * @param {string} title what is done, shown with the elapsed time
 * @param {string} logFile where its output goes; a failure shows its end
 * @param {string} command program
 * @param {string[]} args its arguments, never through a shell
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv }} options working folder and environment
 * @returns {Promise<void>} rejects with a StepError when it cannot be started or does not end with 0
 */
async function runStep(title, logFile, command, args, options) {
  fs.mkdirSync(path.dirname(logFile), { recursive: true });
  const log = fs.openSync(logFile, 'w');
  const done = showProgress(title);
  /** @type {{ code?: number | null, signal?: NodeJS.Signals | null, error?: Error }} */
  const result = await new Promise((resolve) => {
    // A separate process group, so that an interruption reaches what the step has started as well.
    const child = spawn(command, args, { ...options, stdio: ['ignore', log, log], detached: true });
    current = child;
    child.once('error', (error) => resolve({ error }));
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  current = undefined;
  fs.closeSync(log);
  const good = result.code === 0;
  done(good ? '+' : 'x');
  if (good) return;
  const how = result.error
    ? result.error.message
    : result.signal
      ? `ended by ${result.signal}`
      : `exit code ${result.code}`;
  throw new StepError(`${title} failed (${how}). The end of ${logFile}:\n\n${tail(logFile)}\n`);
}

/**
 * Ends the step under way, if any, with everything it started.
 * @returns {Promise<void>} when it is gone
 */
async function stopStep() {
  const child = current;
  if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const group = -child.pid;
  const gone = once(child, 'exit');
  process.kill(group, 'SIGTERM');
  const force = timers.setTimeout(() => process.kill(group, 'SIGKILL'), GRACE_MS);
  await gone;
  timers.clearTimeout(force);
}

module.exports = { runStep, stopStep, StepError, elapsed };
