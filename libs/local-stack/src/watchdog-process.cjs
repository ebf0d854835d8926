// A separate process that lives slightly longer than the tool. When the tool ends in any way (including kill -9), the pipe on stdin ends;
// this process then kills the processes that the tool had started and removes the files that it had announced.
// Each line on stdin: {"guard": pid}, {"release": pid} or
// {"file": path, "pid": pid}, a JSON file to remove if its "pid" is that one. A guarded pid represents its process group.
const fs = require('node:fs');
const readline = require('node:readline');
const timers = require('node:timers');

const GRACE_MS = 4_000;
const groups = new Set();
const files = new Map();

/** @param {number} pid leader of the group @param {NodeJS.Signals | 0} signal to send @returns {boolean} whether the group exists */
function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} file to remove @param {number} pid expected owner: another run may have rewritten the file */
function removeOwn(file, pid) {
  try {
    if (JSON.parse(fs.readFileSync(file, 'utf8')).pid === pid) fs.rmSync(file);
  } catch {
    // Removed already.
  }
}

// Ignores Ctrl-C of the terminal: the tool handles it and stops its parts in order.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});

const lines = readline.createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const message = JSON.parse(line);
  if (message.guard !== undefined) groups.add(message.guard);
  if (message.release !== undefined) groups.delete(message.release);
  if (message.file !== undefined) files.set(message.file, message.pid);
});
lines.on('close', () => {
  for (const pid of groups) signalGroup(pid, 'SIGTERM');
  for (const [file, pid] of files) removeOwn(file, pid);
  if (groups.size === 0) process.exit(0);
  const started = Date.now();
  const poll = timers.setInterval(() => {
    for (const pid of groups) {
      if (!signalGroup(pid, 0)) groups.delete(pid);
      else if (Date.now() - started > GRACE_MS) signalGroup(pid, 'SIGKILL');
    }
    if (groups.size === 0) {
      timers.clearInterval(poll);
      process.exit(0);
    }
  }, 100);
});
