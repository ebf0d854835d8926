/** What the user must hear in full, without a stack trace. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
