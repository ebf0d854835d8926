// The prose of a source file as plain text: the same lines, without the code between.
const { chunksOf } = require('./chunks.cjs');

/** Comment signs at the start of a line: slashes, stars, dashes, hashes. */
const COMMENT_SIGNS = /^[^\S\n]*(?:\/\*+|\*\/|\*+(?!\/)|\/\/+|--+|#+!?)/gm;
/** What may be between two parts of one text: a concatenation, or the end of a line between two line comments. */
const BETWEEN = { comment: /^[^\S\n]*\n[^\S\n]*$/, string: /^[\s+]*f?$/, name: /^$/ };

/** @returns {string} the words of a chunk, with as many line breaks as its source has. */
function wordsOf(kind, source) {
  if (kind === 'name')
    return source.replace(/_/g, ' ').replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, ' ');
  if (kind === 'comment')
    return source.replace(/\*\/\s*$/, '').replace(COMMENT_SIGNS, (signs) => ' '.repeat(signs.length));
  return source
    .replace(/^f?(?:"""|'''|["'`])|(?:"""|'''|["'`])$/g, ' ')
    .replace(/\$\{[^}]*\}/g, (value) => value.replace(/[^\n]/g, '_'))
    .replace(/\\[^\n]/g, '  ');
}

/**
 * The prose of a source file.
 * @returns {{ text: string, pieces: { kind: string, start: number, end: number }[] }} the text, whose lines are those of the source,
 *   and the pieces in it: a comment of several lines and a concatenated string are one piece each. Offsets are in `text`.
 */
function proseOf(source, path) {
  const pieces = [];
  let text = '';
  let line = 0;
  let lineStart = 0;
  let previous;
  for (const { kind, start, end } of chunksOf(source, path)) {
    const words = wordsOf(kind, source.slice(start, end));
    const between = previous && source.slice(previous.end, start);
    const continues = previous?.kind === kind && BETWEEN[kind].test(between);
    if (!continues && kind === 'string' && !/\S\s+\S/.test(words)) continue;
    const breaks = source.slice(previous?.end ?? 0, start).split('\n').length - 1;
    if (breaks > 0) {
      text += '\n'.repeat(breaks);
      line += breaks;
      lineStart = text.length;
    }
    const column = start - (source.lastIndexOf('\n', start - 1) + 1);
    text += ' '.repeat(Math.max(column - (text.length - lineStart), 0));
    if (continues) pieces.at(-1).end = text.length + words.length;
    else pieces.push({ kind, start: text.length, end: text.length + words.length });
    text += words;
    if (words.includes('\n')) lineStart = text.lastIndexOf('\n') + 1;
    previous = { kind, end };
  }
  return { text, pieces };
}

module.exports = { proseOf };
