/** What a check found: all is well, something must be done before a deployment, something could be better, or it could not be checked. */
export type Outcome = 'ok' | 'wrong' | 'advice' | 'unknown';

export interface Finding {
  /** What was looked at, such as `credentials`. */
  readonly about: string;
  readonly outcome: Outcome;
  /** What was found. */
  readonly found: string;
  /** What to do about it; always there where the outcome is not `ok`. */
  readonly todo?: string;
}

/** @returns a finding that all is well */
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

/** @returns name of an error of AWS, such as `AccessDeniedException` */
export const errorName = (error: unknown): string => (error instanceof Error ? error.name : String(error));

/** Errors that say that the thing does not exist. */
const ABSENT = new Set([
  'NotFound',
  'NoSuchBucket',
  'NoSuchEntity',
  'NoSuchEntityException',
  'ResourceNotFoundException',
]);

/** @returns what the call answers; undefined when the thing does not exist @throws any other error */
export async function ifThere<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (ABSENT.has(errorName(error))) return undefined;
    throw error;
  }
}

/**
 * @param about what is looked at
 * @param permission that the call needs, such as `lambda:GetAccountSettings`
 * @param look makes the calls
 * @returns what it finds; `unknown`, with the reason, when a call fails
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
