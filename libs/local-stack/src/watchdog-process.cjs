// A separate process that outlives the tool by a moment: when the tool is gone, however it went (kill -9 included), the
// pipe on stdin ends, and this kills what the tool had started and removes what it had announced.
// Each line on stdin: {"guard": pid}, {"release": pid} or
// {"file": path, "pid": pid}, a JSON file to remove if its "pid" is that one. A guarded pid stands for its process group.
const fs = require('node:fs');
const readline = require('node:readline');
const timers = require('node:timers');

const GRACE_MS = 4_000;
const groups = new Set();
const files = new Map();

/** @param {number} pid leader of the group @param {NodeJS.Signals | 0} signal what to send @returns {boolean} whether the group exists */
function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} file to remove @param {number} pid whose it must be: another run may have rewritten it */
function removeOwn(file, pid) {
  try {
    if (JSON.parse(fs.readFileSync(file, 'utf8')).pid === pid) fs.rmSync(file);
  } catch {
    // Removed already.
  }
}

// The terminal's Ctrl-C is for the tool, which stops its parts in order.
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
