/** Outcome of a check: everything is fine, a problem must be fixed before a deployment, an improvement is possible, or the check failed. */
export type Outcome = 'ok' | 'wrong' | 'advice' | 'unknown';

export interface Finding {
  /** Subject of the check, such as `credentials`. */
  readonly about: string;
  readonly outcome: Outcome;
  /** Result of the check. */
  readonly found: string;
  /** What to do; always set unless the outcome is `ok`. */
  readonly todo?: string;
}

/** @returns a finding without a problem */
export const ok = (about: string, found: string): Finding => ({ about, outcome: 'ok', found });

/** @returns a finding that blocks a deployment */
export const wrong = (about: string, found: string, todo: string): Finding => ({
  about,
  outcome: 'wrong',
  found,
  todo,
});

/** @returns a finding that does not block */
export const advice = (about: string, found: string, todo: string): Finding => ({
  about,
  outcome: 'advice',
  found,
  todo,
});

/** @returns name of an AWS error, such as `AccessDeniedException` */
export const errorName = (error: unknown): string => (error instanceof Error ? error.name : String(error));

/** Errors for resources that do not exist. */
const ABSENT = new Set([
  'NotFound',
  'NoSuchBucket',
  'NoSuchEntity',
  'NoSuchEntityException',
  'ResourceNotFoundException',
]);

/** @returns the response of the call; undefined if the resource does not exist @throws any other error */
export async function ifThere<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (ABSENT.has(errorName(error))) return undefined;
    throw error;
  }
}

/**
 * @param about subject of the check
 * @param permission that the call needs, such as `lambda:GetAccountSettings`
 * @param look makes the calls
 * @returns its finding; `unknown`, with the reason, when a call fails
 */
export async function finding(
  about: string,
  permission: string,
  look: () => Promise<Finding | readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    const found = await look();
    return Array.isArray(found) ? (found as readonly Finding[]) : [found as Finding];
  } catch (error) {
    const { message } = error instanceof Error ? error : new Error(String(error));
    return [
      {
        about,
        outcome: 'unknown',
        found: `the check failed: ${errorName(error)}: ${message}`,
        todo: `check it by hand, or run this again with ${permission}`,
      },
    ];
  }
}
