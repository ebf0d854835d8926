// Runs the steps of the set-up as child processes: their output to logs, their progress to the terminal.
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const fs = require('node:fs');
const path = require('node:path');
const timers = require('node:timers');

const TAIL_LINES = 25;
const GRACE_MS = 10_000;

/** The steps under way, so that a signal can end them. @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
/** Titles and start times of the steps under way: on a terminal, one line shows all of them. @type {Map<string, number>} */
const shown = new Map();
/** Set by stopSteps: no step starts after it. */
let stopped = false;

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
 * Shows that a long step is alive: redraws one line for all steps on a terminal, prints a line now and then elsewhere.
 * @param {string} title what is being done
 * @param {NodeJS.WriteStream} out where to show it
 * @returns {(mark: string) => void} ends it with a last line
 */
function showProgress(title, out = process.stderr) {
  const started = Date.now();
  shown.set(title, started);
  const text = (/** @type {string} */ of, /** @type {number} */ since) => `${of} (${elapsed(Date.now() - since)})`;
  const redraw = () => {
    const all = [...shown].map(([of, since]) => text(of, since)).join('; ');
    out.write(`\r\u001b[2K${`. ${all}`.slice(0, (out.columns || 80) - 1)}`);
  };
  if (!out.isTTY) out.write(`. ${title} ...\n`);
  const timer = timers.setInterval(
    () => (out.isTTY ? redraw() : out.write(`. ${text(title, started)}\n`)),
    out.isTTY ? 500 : 15_000,
  );
  return (mark) => {
    timers.clearInterval(timer);
    shown.delete(title);
    out.write(`${out.isTTY ? '\r\u001b[2K' : ''}${mark} ${text(title, started)}\n`);
  };
}

/**
 * @param {string} title what is done, shown with the elapsed time
 * @param {string} logFile where its output goes; a failure shows its end
 * @param {string} command program
 * @param {string[]} args its arguments, never through a shell
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv }} options working folder and environment
 * @returns {Promise<void>} rejects with a StepError when it cannot be started or does not end with 0, or after stopSteps
 */
async function runStep(title, logFile, command, args, options) {
  if (stopped) throw new StepError(`${title}: not started, because the set-up was stopped`);
  fs.mkdirSync(path.dirname(logFile), { recursive: true });
  const log = fs.openSync(logFile, 'w');
  const done = showProgress(title);
  /** @type {{ code?: number | null, signal?: NodeJS.Signals | null, error?: Error }} */
  const result = await new Promise((resolve) => {
    // A separate process group, so that an interruption reaches what the step has started as well.
    const child = spawn(command, args, { ...options, stdio: ['ignore', log, log], detached: true });
    running.add(child);
    const end = (/** @type {{ code?: number | null, signal?: NodeJS.Signals | null, error?: Error }} */ outcome) => {
      running.delete(child);
      resolve(outcome);
    };
    child.once('error', (error) => end({ error }));
    child.once('close', (code, signal) => end({ code, signal }));
  });
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

/** @param {import('node:child_process').ChildProcess} child a step @returns {Promise<void>} when it is gone */
async function stop(child) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const group = -child.pid;
  const gone = once(child, 'exit');
  process.kill(group, 'SIGTERM');
  const force = timers.setTimeout(() => process.kill(group, 'SIGKILL'), GRACE_MS);
  await gone;
  timers.clearTimeout(force);
}

/**
 * Ends the steps under way, with everything they started. No step can start after it.
 * @returns {Promise<void>} when they are gone
 */
async function stopSteps() {
  stopped = true;
  await Promise.all([...running].map(stop));
}

/**
 * Does independent work at the same time. If one part fails, the steps of the others are stopped.
 * @param {(() => Promise<void>)[]} work parts, each with steps one after the other
 * @returns {Promise<void>} when all are done; rejects with the error of the first part that fails
 */
async function together(...work) {
  try {
    await Promise.all(work.map((part) => part()));
  } catch (error) {
    await stopSteps();
    throw error;
  }
}

module.exports = { runStep, stopSteps, together, showProgress, StepError, elapsed };
