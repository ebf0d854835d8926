/**
 * So long after the end of a JobManager another one takes over, milliseconds. One that gets no processor for this long
 * loses its jobs to
 * itself, and they restart.
 */
export const SESSION_TIMEOUT_MS = 30_000;
