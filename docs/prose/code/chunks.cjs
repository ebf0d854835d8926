// Where a source file holds prose: comments, string literals with several words, and the names of test methods.
const ts = require('typescript');

/**
 * A piece of prose in a source file. `kind` is comment, string or name; `start` and `end` are offsets in the source.
 * @typedef {{ kind: 'comment' | 'string' | 'name', start: number, end: number }} Chunk
 */

/** Comments and strings of languages that a pattern can split into tokens. Strings come first where they can contain a comment sign. */
const TOKENS = {
  java: /(?<comment>\/\/.*|\/\*[^]*?\*\/)|(?<string>"""[^]*?"""|"(?:[^"\\\n]|\\.)*")|'(?:[^'\\\n]|\\.)+'/g,
  py: /(?<comment>#.*)|(?<string>"""(?:[^\\]|\\[^])*?"""|'''(?:[^\\]|\\[^])*?'''|"(?:[^"\\\n]|\\[^])*"|'(?:[^'\\\n]|\\[^])*')/g,
  sql: /(?<comment>--.*|\/\*[^]*?\*\/)|(?<string>'(?:[^']|'')*')/g,
  css: /(?<comment>\/\*[^]*?\*\/)/g,
  json: /(?<string>"(?:[^"\\\n]|\\.)*")/g,
};

/** Names of tests that are identifiers: `void aLateEventIsReported()` in Java, `def test_a_late_event_is_reported` in Python. */
const TEST_NAMES = { java: /\bvoid\s+(\w+)\s*\(/g, py: /\bdef\s+(test_\w+)/g };

/** @returns {Chunk[]} the chunks of a file in a language that TOKENS knows, in the order of the file. */
function chunksByPattern(text, language, isTest) {
  const chunks = [];
  for (const match of text.matchAll(TOKENS[language])) {
    const kind = match.groups.comment ? 'comment' : match.groups.string ? 'string' : undefined;
    if (kind) chunks.push({ kind, start: match.index, end: match.index + match[0].length });
  }
  const inside = (at) => chunks.some((chunk) => chunk.start <= at && at < chunk.end);
  const names = [];
  for (const match of isTest && TEST_NAMES[language] ? text.matchAll(TEST_NAMES[language]) : []) {
    const end = match.index + match[0].trimEnd().replace(/\s*\($/, '').length;
    if (!inside(match.index)) names.push({ kind: 'name', start: end - match[1].length, end });
  }
  return [...chunks, ...names].sort((a, b) => a.start - b.start);
}

/** @returns {Chunk[]} the chunks of a TypeScript or JavaScript file, in the order of the file. */
function chunksOfTypeScript(text, path) {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const chunks = new Map();
  const add = (kind, start, end) => chunks.set(start, { kind, start, end });
  const visit = (node) => {
    for (const of of [ts.getLeadingCommentRanges(text, node.pos), ts.getTrailingCommentRanges(text, node.end)])
      for (const range of of ?? []) if (!ts.isJsxText(node)) add('comment', range.pos, range.end);
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node))
      add('string', node.getStart(), node.end);
    if (ts.isJsxText(node)) add('string', node.pos, node.end);
    // Strings within a template are part of its chunk.
    if (!ts.isTemplateExpression(node)) for (const child of node.getChildren()) visit(child);
  };
  visit(file);
  return [...chunks.values()].sort((a, b) => a.start - b.start);
}

/** @returns {Chunk[]} the chunks of a file; none for a language that is not known. */
function chunksOf(text, path) {
  const extension = path.slice(path.lastIndexOf('.') + 1);
  if (['ts', 'tsx', 'mjs', 'cjs'].includes(extension)) return chunksOfTypeScript(text, path);
  const isTest = /Test\.java$|_test\.py$|test_\w+\.py$|src\/test\//.test(path);
  return TOKENS[extension] ? chunksByPattern(text, extension, isTest) : [];
}

module.exports = { chunksOf };
