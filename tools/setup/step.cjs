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
/** What is shown of the steps under way: on a terminal, one line shows all of them. @type {Set<{ title: string, started: number }>} */
const shown = new Set();
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
  const step = { title, started: Date.now() };
  const since = (/** @type {number} */ started) => `(${elapsed(Date.now() - started)})`;
  const line = (/** @type {string} */ mark) => `${mark} ${title} ${since(step.started)}\n`;
  shown.add(step);
  // The times come first, because the end of the line is cut at the edge of the terminal.
  const redraw = () => {
    const all = [...shown].map((each) => `${since(each.started)} ${each.title}`).join('; ');
    out.write(`\r\u001b[2K${`. ${all}`.slice(0, (out.columns || 80) - 1)}`);
  };
  if (!out.isTTY) out.write(`. ${title} ...\n`);
  const timer = timers.setInterval(() => (out.isTTY ? redraw() : out.write(line('.'))), out.isTTY ? 500 : 15_000);
  return (mark) => {
    timers.clearInterval(timer);
    shown.delete(step);
    out.write(`${out.isTTY ? '\r\u001b[2K' : ''}${line(mark)}`);
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
  await unlessStopped();
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

/**
 * Lets a signal that arrived during synchronous work reach its handler, which calls stopSteps. The signal has also ended the programs
 * that this work ran, so what they seem to have found is wrong.
 * @returns {Promise<void>} rejects with a StepError after stopSteps
 */
async function unlessStopped() {
  await new Promise((resolve) => timers.setImmediate(resolve));
  if (stopped) throw new StepError('The set-up was stopped.');
}

/**
 * @param {number} group process group of a step, which may have ended @param {NodeJS.Signals} signal to send
 */
function signalGroup(group, signal) {
  try {
    process.kill(-group, signal);
  } catch {
    // It has ended; its exit is not reported yet.
  }
}

/** @param {import('node:child_process').ChildProcess} child a step @returns {Promise<void>} when it is gone */
async function stop(child) {
  const { pid } = child;
  if (pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  signalGroup(pid, 'SIGTERM');
  const force = timers.setTimeout(() => signalGroup(pid, 'SIGKILL'), GRACE_MS);
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
 * Does independent work at the same time. If one part fails, the others still end: the next call need not repeat them.
 * @param {(() => Promise<void>)[]} work parts, each with steps one after the other
 * @returns {Promise<void>} when all have ended; rejects with the error of the first part in the list that failed
 */
async function together(...work) {
  const outcomes = await Promise.allSettled(work.map((part) => part()));
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}

module.exports = { runStep, stopSteps, unlessStopped, together, showProgress, StepError, elapsed };
