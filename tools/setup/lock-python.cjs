// `npx nx run tools:lock-python`: pins the Python packages, with hashes, for every supported Python and system at once.
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { OWN_REQUIREMENTS, REQUIREMENTS, ROOT, VENV_PYTHON } = require('./layout.cjs');
const { splitRequirements } = require('./split-requirements.cjs');
const { PYTHON_MIN_MINOR } = require('./toolchain.cjs');

const HEADER = '# Compiled from requirements.in by: npx nx run tools:lock-python\n';
const USAGE = `Usage: npx nx run tools:lock-python [-- --upgrade]

Compiles flink/requirements.in and tools/requirements.in together into the two requirements.txt, and infra/requirements.in,
tools/setup/jdk/requirements.in and flink/bench/pathway/requirements.in, which have separate environments, each separately. What is pinned already stays
as it is, unless its .in file or --upgrade asks for another version.`;

/**
 * @param {string[]} inputs requirements.in files
 * @param {string[]} constraints further arguments
 * @returns {string} the compiled requirements
 * @throws {Error} with uv's explanation when no solution or no environment exists
 */
function compile(inputs, constraints) {
  // Universal: Python 3.10 and 3.11, Linux, macOS and Windows get entries with markers where they differ. No registry address
  // is written, so that the files work with any mirror.
  const args = ['-m', 'uv', 'pip', 'compile', '--universal', '--python-version', `3.${PYTHON_MIN_MINOR}`];
  const style = ['--generate-hashes', '--no-header', '--no-emit-index-url', '--no-emit-find-links'];
  const result = spawnSync(VENV_PYTHON, [...args, ...style, '--quiet', ...constraints, ...inputs], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (result.error) {
    throw new Error(`cannot start ${VENV_PYTHON} (${result.error.message}); create it with: npm run setup`);
  }
  if (result.status !== 0) throw new Error(`uv pip compile ended with ${result.status}:\n${result.stderr}`);
  return result.stdout;
}

/** @param {string[]} argv arguments after the script */
function main(argv) {
  if (argv.includes('--help') || argv.includes('-h')) {
    console.log(USAGE);
    return;
  }
  const unknown = argv.filter((argument) => argument !== '--upgrade');
  if (unknown.length > 0) {
    console.error(`Unknown option ${unknown.join(' ')}.\n\n${USAGE}`);
    process.exitCode = 2;
    return;
  }
  const [flink, tools] = /** @type {[string, string]} */ (REQUIREMENTS);
  const inputs = REQUIREMENTS.map((file) => path.relative(ROOT, file).replace(/\.txt$/, '.in'));
  const pinned = argv.includes('--upgrade') ? [] : REQUIREMENTS.filter((file) => fs.existsSync(file));
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'lock-python-'));
  try {
    // The old pins are a preference and not a constraint, as with uv's own output file. So a new requirement may change an old pin.
    const together = path.join(scratch, 'together.txt');
    fs.writeFileSync(together, pinned.map((file) => fs.readFileSync(file, 'utf8')).join('\n'));
    compile(inputs, ['--output-file', together]);
    const all = fs.readFileSync(together, 'utf8');
    const part = compile(inputs.slice(0, 1), ['--constraints', together]);
    const split = splitRequirements(all, part);
    fs.writeFileSync(flink, HEADER + split.part);
    fs.writeFileSync(tools, HEADER + split.rest);
    for (const own of OWN_REQUIREMENTS) {
      const input = path.relative(ROOT, own).replace(/\.txt$/, '.in');
      const alone = path.join(scratch, 'alone.txt');
      if (!argv.includes('--upgrade') && fs.existsSync(own)) fs.copyFileSync(own, alone);
      compile([input], ['--output-file', alone]);
      fs.writeFileSync(own, HEADER + fs.readFileSync(alone, 'utf8'));
    }
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
  const written = [...REQUIREMENTS, ...OWN_REQUIREMENTS].map((file) => path.relative(ROOT, file));
  console.log(`Wrote ${written.join(' and ')}.`);
}

try {
  main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
