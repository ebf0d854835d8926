/** So long after the end of a JobManager another one takes over, milliseconds. */
export const SESSION_TIMEOUT_MS = 6_000;
