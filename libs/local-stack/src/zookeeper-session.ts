/**
 * ZooKeeper session time-out in milliseconds: a new JobManager takes over this long after the end of the old one. A JobManager that does
 * not run for this long loses its leadership, and its jobs restart.
 */
export const SESSION_TIMEOUT_MS = 30_000;
