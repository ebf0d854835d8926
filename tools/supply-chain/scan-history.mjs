// Looks for secrets in every version of every file of the history. `npx nx run tools:secrets` calls it with the
// packages next to it installed.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';

const USAGE = `Usage: node scan-history.mjs [folder of a repository]

Looks for secrets in every version of every file that is reachable from any branch or tag. known-secrets.json beside this program lists
texts that are not secrets, each by its kind and SHA-256 (which the line of a finding contains) and with its reason. Exit code 0: nothing else was found; 1: something was.`;

const MAX_OUTPUT = 1 << 30;
/** Lock files hold hashes only, and are large. */
const LOCK_FILE = /(^|\/)(package-lock\.json|requirements\.txt)$/;
/** Every ARN contains the account number. It is not a secret. */
const NOT_SECRET = new Set(['AWSAccountID']);
const CONFIG = {
  rules: [
    {
      id: '@secretlint/secretlint-rule-preset-recommend',
      rule: creator,
      // An access key alone is a finding, not only one with its secret.
      rules: [{ id: '@secretlint/secretlint-rule-aws', options: { enableIDScanRule: true } }],
    },
  ],
};

/** @param {string} root @param {string[]} args @param {string} [input] @returns {Buffer} output of git */
const git = (root, args, input) =>
  execFileSync('git', args, { cwd: root, maxBuffer: MAX_OUTPUT, ...(input === undefined ? {} : { input }) });

/** @param {string} root @returns {Map<string, string>} path by the id of each version of each file; lock files are left out */
function versions(root) {
  const lines = git(root, ['rev-list', '--objects', '--all']).toString().split('\n');
  // Commits have no path behind their id.
  const named = lines.filter((line) => line.includes(' '));
  const paths = new Map(named.map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]));
  const types = git(root, ['cat-file', '--batch-check'], [...paths.keys()].join('\n'))
    .toString()
    .split('\n');
  const blobs = new Set(types.filter((line) => line.includes(' blob ')).map((line) => line.split(' ')[0] ?? ''));
  return new Map([...paths].filter(([id, file]) => blobs.has(id) && !LOCK_FILE.test(file)));
}

/** @param {string} root @param {string[]} ids @yields {[string, Buffer]} each id with the content */
function* contents(root, ids) {
  const all = git(root, ['cat-file', '--batch'], `${ids.join('\n')}\n`);
  for (let at = 0; at < all.length;) {
    const end = all.indexOf('\n', at);
    const [id = '', , size] = all.subarray(at, end).toString().split(' ');
    const start = end + 1;
    yield [id, all.subarray(start, start + Number(size))];
    at = start + Number(size) + 1;
  }
}

/** @param {string} kind of a finding @param {string} sha256 of its text @returns {string} what makes two findings the same text */
const textKey = (kind, sha256) => `${kind} ${sha256}`;

/**
 * @param {string} root
 * @returns {Promise<{ files: number, found: { text: string, line: string }[] }>} each text that was found in a file, once for each path, with
 * a line to print
 */
async function scan(root) {
  const paths = versions(root);
  const found = new Map();
  for (const [id, content] of contents(root, [...paths.keys()])) {
    if (content.includes(0)) continue;
    const filePath = paths.get(id) ?? id;
    const source = { filePath, content: content.toString('utf8'), contentType: 'text', ext: path.extname(filePath) };
    const { messages } = await lintSource({
      source,
      options: { config: CONFIG, maskSecrets: true, noPhysicFilePath: true },
    });
    for (const { messageId, message, loc, range } of messages) {
      if (NOT_SECRET.has(messageId)) continue;
      const sha256 = createHash('sha256')
        .update(source.content.slice(...range))
        .digest('hex');
      const text = textKey(messageId, sha256);
      const line = `${filePath}:${loc.start.line} in ${id.slice(0, 10)}: ${messageId}: ${message} (sha256 ${sha256})`;
      found.set(`${filePath} ${text}`, { text, line });
    }
  }
  return { files: paths.size, found: [...found.values()] };
}

const [root = path.resolve(import.meta.dirname, '..', '..')] = process.argv.slice(2);
if (root === '--help') {
  console.log(USAGE);
} else {
  /** @type {{ finding: string, sha256: string, reason: string }[]} */
  const known = JSON.parse(readFileSync(path.join(import.meta.dirname, 'known-secrets.json'), 'utf8'));
  const listed = new Set(known.map(({ finding, sha256 }) => textKey(finding, sha256)));
  const { files, found } = await scan(root);
  const unknown = found.filter(({ text }) => !listed.has(text));
  for (const { line } of unknown) console.log(line);
  console.log(
    `${files} versions of files: ${unknown.length} possible secrets, and ${found.length - unknown.length} known findings that are not secrets.`,
  );
  process.exitCode = unknown.length === 0 ? 0 : 1;
}
