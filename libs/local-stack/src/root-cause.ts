/**
 * @param stacktrace of a Java exception with its causes
 * @returns the innermost cause as one line
 */
export function rootCause(stacktrace: string): string {
  const lines = stacktrace.split('\n').map((line) => line.trim());
  const causes = lines.filter((line) => line.startsWith('Caused by: '));
  return causes.at(-1)?.slice('Caused by: '.length) ?? lines.find((line) => line !== '') ?? 'unknown';
}
