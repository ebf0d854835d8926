/** After this line, the output only describes how Flink's client detected the failure of Python. */
const CLIENT_STACK = /^org\.apache\.flink\.client\.program\.ProgramAbortException\b/m;
const PYTHON_ERROR = /^(?:[\w]+\.)*\w+(?:Error|Exception|Exit|Interrupt)\b(?:: |$)/;
const MAX_LINES = 30;

/**
 * Extracts the error from the output of `flink run`: the Python error without its stack, and the innermost Java cause if it came from Java.
 * @param output of the client, standard output and error together
 * @returns a few lines; the end of the output when no error is found in it
 */
export function clientFailure(output: string): string {
  const lines = (output.split(CLIENT_STACK)[0] ?? '').trimEnd().split('\n');
  const start = lines.findLastIndex((line) => PYTHON_ERROR.test(line));
  if (start === -1) return lines.slice(-MAX_LINES).join('\n').trim();
  const message = lines.slice(start);
  const stack = message.findIndex((line) => /^\s+at \S+\(.*\)$/.test(line));
  const cause = message.findLast((line) => line.startsWith('Caused by: '));
  return [...message.slice(0, stack === -1 ? MAX_LINES : Math.min(stack, MAX_LINES)), ...(cause ? [cause] : [])]
    .join('\n')
    .trim();
}
