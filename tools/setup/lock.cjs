// Allows one set-up at a time, with a lock file that expires when its holder has died.
const fs = require('node:fs');
const path = require('node:path');
const { randomUUID } = require('node:crypto');
const timers = require('node:timers');
const { setTimeout: sleep } = require('node:timers/promises');

const HEARTBEAT_MS = 5_000;
/** A holder that has not touched its lock for this long is considered dead, even if another process now has its process id. */
const STALE_MS = 30_000;

/** @param {number} pid @returns {boolean} whether a process with this id exists */
function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/**
 * @param {string} file the lock file
 * @returns {{ text: string, pid: number, stale: boolean } | undefined} undefined if the lock is free
 */
function inspect(file) {
  try {
    const text = fs.readFileSync(file, 'utf8');
    const age = Date.now() - fs.statSync(file).mtimeMs;
    const pid = Number(text.split(' ')[0]);
    // An empty file is a lock that its holder has created but not written yet.
    const dead = text !== '' && !(pid > 0 && alive(pid));
    return { text, pid, stale: dead || age > STALE_MS };
  } catch {
    return undefined;
  }
}

/**
 * Removes a stale lock. Two waiters may see it at once, and the slower one must not remove the lock that the faster one has
 * taken since: so the file is moved away first, compared, and moved back if its content differs.
 * @param {string} file the lock file
 * @param {string} expected content of the stale lock
 */
function breakStale(file, expected) {
  const aside = `${file}.${randomUUID()}`;
  try {
    fs.renameSync(file, aside);
  } catch {
    return;
  }
  if (fs.readFileSync(aside, 'utf8') !== expected) {
    try {
      fs.linkSync(aside, file);
    } catch {
      // Taken again meanwhile: its first holder notices below, in `held`.
    }
  }
  fs.unlinkSync(aside);
}

/**
 * Waits for the lock and takes it.
 * @param {string} file the lock file
 * @param {{ onWait?: (pid: number) => void, pollMs?: number }} [options] `onWait` is called once if another process holds it
 * @returns {Promise<() => void>} releases the lock
 */
async function acquire(file, options = {}) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const content = `${process.pid} ${randomUUID()}\n`;
  let told = false;
  for (;;) {
    try {
      fs.writeFileSync(file, content, { flag: 'wx' });
      break;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    }
    const holder = inspect(file);
    if (holder?.stale) {
      breakStale(file, holder.text);
      continue;
    }
    if (holder && !told) {
      told = true;
      options.onWait?.(holder.pid);
    }
    await sleep(options.pollMs ?? 500);
  }
  const held = () => inspect(file)?.text === content;
  const heartbeat = timers.setInterval(() => {
    if (held()) fs.utimesSync(file, new Date(), new Date());
  }, HEARTBEAT_MS);
  heartbeat.unref();
  const release = () => {
    timers.clearInterval(heartbeat);
    process.off('exit', release);
    if (held()) fs.unlinkSync(file);
  };
  process.on('exit', release);
  return release;
}

module.exports = { acquire, alive };
