/** Exit code of a run whose figures do not agree. The errors in errors.ts have further exit codes. */
export const BOOKS_DO_NOT_BALANCE = 5;
/** Exit code of a process that Ctrl-C ended. */
export const CTRL_C = 130;
