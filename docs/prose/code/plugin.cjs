// A plugin for textlint that checks the prose in source files: comments, texts of help and errors, names of tests.
const { proseOf } = require('./prose.cjs');

/** The position of an offset as textlint counts it: lines from 1, columns from 0. */
function positions(text) {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let line = starts.findLastIndex((start) => start <= offset);
    return { line: line + 1, column: offset - starts[line] };
  };
}

/** The syntax tree that textlint expects: a document with one paragraph per piece of prose. */
function treeOf(text, pieces) {
  const position = positions(text);
  const node = (type, start, end, rest) => ({
    type,
    raw: text.slice(start, end),
    range: [start, end],
    loc: { start: position(start), end: position(end) },
    ...rest,
  });
  const children = pieces.map(({ start, end }) =>
    node('Paragraph', start, end, { children: [node('Str', start, end, { value: text.slice(start, end) })] }),
  );
  return node('Document', 0, text.length, { children });
}

class Processor {
  availableExtensions() {
    return ['.ts', '.tsx', '.mjs', '.cjs', '.py', '.java', '.sql', '.css', '.json'];
  }

  processor() {
    return {
      preProcess(source, path) {
        const { text, pieces } = proseOf(source, path ?? '');
        return { text, ast: treeOf(text, pieces) };
      },
      postProcess: (messages, path) => ({ messages, filePath: path ?? '<source>' }),
    };
  }
}

module.exports = { Processor };
