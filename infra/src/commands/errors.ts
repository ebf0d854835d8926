/** An error whose message is printed in full, without a stack trace. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
