// Divides one resolution among several requirements files, so that no package can be pinned twice or in two versions.

/**
 * @param {string} text a compiled requirements file: one entry a package, continued over lines by a backslash
 * @returns {{ name: string, text: string }[]} its entries in order; a package pinned per Python version has several
 */
function requirementEntries(text) {
  return text
    .split(/^(?=[A-Za-z0-9])/m)
    .filter((entry) => /^[A-Za-z0-9]/.test(entry))
    .map((entry) => ({ name: /^[A-Za-z0-9._-]+/.exec(entry)?.[0] ?? '', text: entry.trimEnd() }));
}

/**
 * @param {string} all the resolution of every requirement together
 * @param {string} part a resolution of some of them alone, whose packages are wanted in a separate file
 * @returns {{ part: string, rest: string }} the entries of `all`, divided by the package names of `part`
 * @throws {Error} when `part` has a package that `all` has not: they were not resolved from the same requirements
 */
function splitRequirements(all, part) {
  const entries = requirementEntries(all);
  const known = new Set(entries.map((entry) => entry.name));
  const wanted = new Set(requirementEntries(part).map((entry) => entry.name));
  const strangers = [...wanted].filter((name) => !known.has(name));
  if (strangers.length > 0)
    throw new Error(`these packages can be resolved alone, but not together: ${strangers.join(', ')}`);
  const lines = (/** @type {boolean} */ inPart) =>
    entries
      .filter((entry) => wanted.has(entry.name) === inPart)
      .map((entry) => `${entry.text}\n`)
      .join('');
  return { part: lines(true), rest: lines(false) };
}

module.exports = { requirementEntries, splitRequirements };
